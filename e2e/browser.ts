import { access } from 'node:fs/promises'
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
    if (
      await access(executablePath).then(
        () => true,
        () => false,
      )
    )
      return { executablePath, args }
  }
  // Its own flags are meant for one page in a small sandbox: a single process dies with the first page that closes.
  const own = bundled.args.filter((flag) => flag !== '--single-process' && flag !== '--no-zygote')
  return { executablePath: await bundled.executablePath(), args: [...own, ...args] }
}
