import { access, lstat, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium as installed } from '@playwright/test'
import bundled from '@sparticuz/chromium'

export type Browser = { executablePath: string; args: string[] }

/** A Chromium that is here: Playwright's own if it was downloaded, else the system's, else the one from npm. */
export async function findBrowser(): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ]
  for (const executablePath of [
    installed.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]) {
    if (await exists(executablePath)) return { executablePath, args }
  }
  // Its own flags are meant for one page in a small sandbox: a single process dies with the first page that closes.
  const own = bundled.args.filter((flag) => flag !== '--single-process' && flag !== '--no-zygote')
  return { executablePath: join(await unpack(), 'chromium'), args: [...own, ...args] }
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/**
 * Unpacks the browser of the npm package once for each user and version, and returns its folder. The package itself unpacks to one
 * place for everybody, where a second user may not start it and a second process finds it half written.
 */
async function unpack(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const { version } = JSON.parse(await readFile(join(dirname(entry), '../package.json'), 'utf8')) as {
    version: string
  }
  const place = tmpdir()
  const { uid } = userInfo()
  const folder = join(place, `tallyforge-chromium-${version}-${uid}`)
  const found = await lstat(folder).catch(() => null)
  if (found?.isDirectory() && found.uid === uid) return folder
  const own = `${folder}.${process.pid}`
  await mkdir(own, { recursive: true, mode: 0o700 })
  const before = process.env.TMPDIR
  process.env.TMPDIR = own
  try {
    await bundled.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  // Whoever is first wins; the others' copies go.
  await rename(own, folder).catch(() => rm(own, { recursive: true, force: true }))
  return folder
}
