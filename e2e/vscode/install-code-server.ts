import { spawn } from 'node:child_process'
import { access, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** VS Code 1.139 with a server of its own, from npm. */
const version = '4.139.1'

/**
 * Where code-server lies, put there by the first call of a user: half a gigabyte, outside of the checkout, so that every checkout
 * shares it. Two calls at once make one installation. @throws Error that says what to do when npm does not deliver.
 */
export async function installCodeServer(): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tallyforge', 'code-server')
  const folder = join(cache, version)
  if (await exists(folder)) return entryOf(folder)
  await mkdir(cache, { recursive: true })
  const unlock = await lock(join(cache, `${version}.lock`))
  const draft = join(cache, `${version}.${process.pid}.draft`)
  try {
    if (await exists(folder)) return entryOf(folder)
    process.stdout.write(`Installing code-server ${version} into ${folder} (once, about 500 MB)\n`)
    await rm(draft, { recursive: true, force: true })
    await mkdir(draft)
    await fill(draft)
    // Whoever sees the folder sees all of it.
    await rename(join(draft, 'package'), folder)
    return entryOf(folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
    await unlock()
  }
}

const entryOf = (folder: string) => join(folder, 'out/node/entry.js')

/** Native parts that need a compiler are optional at run time, and what has prebuilt binaries brings them: no script runs. */
async function fill(draft: string): Promise<void> {
  await npm(['pack', `code-server@${version}`, '--pack-destination', draft], draft)
  await run('tar', ['-xzf', `code-server-${version}.tgz`], draft)
  const install = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await npm(install, join(draft, 'package'))
  await npm(install, join(draft, 'package/lib/vscode'))
}

async function npm(args: string[], cwd: string): Promise<void> {
  await run('npm', args, cwd).catch((error: Error) => {
    throw new Error(
      `code-server could not be installed from npm, so VS Code cannot be tested. Check the connection to the registry and run this again.\n${error.message}`,
    )
  })
}

/** Runs a command to its end, on the Node that runs us. @throws Error with what it printed. */
function run(command: string, args: string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let printed = ''
    child.stdout.on('data', (text) => {
      printed += text
    })
    child.stderr.on('data', (text) => {
      printed += text
    })
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${command} ${args.join(' ')} ended with ${code}\n${printed.slice(-2_000)}`)),
    )
  })
}

/** Waits until nobody else holds the folder, then holds it. One whose process is gone is taken over. */
async function lock(folder: string): Promise<() => Promise<void>> {
  const note = join(folder, 'pid')
  while (true) {
    const isOurs = await mkdir(folder).then(
      () => true,
      () => false,
    )
    if (isOurs) {
      await writeFile(note, String(process.pid))
      return () => rm(folder, { recursive: true, force: true })
    }
    if (await isAbandoned(folder, note)) await rm(folder, { recursive: true, force: true })
    else await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function isAbandoned(folder: string, note: string): Promise<boolean> {
  const pid = await readFile(note, 'utf8').then(Number, () => null)
  if (pid === null) {
    // Between making the folder and writing the note lies a moment, not a minute.
    const made = await stat(folder).catch(() => null)
    return made !== null && Date.now() - made.mtimeMs > 60_000
  }
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
