import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
/** Everything that running leaves behind; `pnpm reset` removes it. */
export const dataFolder = join(root, '.data')
/** Where PostgreSQL lives when the project's folder cannot be reached by its unprivileged user. */
export const fallbackFolder = `/var/tmp/tallyforge-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`

/** The secret of this checkout, made once. */
export async function developmentSecret(): Promise<string> {
  const path = join(dataFolder, 'secret')
  await mkdir(dataFolder, { recursive: true })
  const fresh = randomBytes(32).toString('hex')
  await writeFile(path, fresh, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return (await readFile(path, 'utf8')).trim()
}

/** The settings of `.env`, if there is one; what the shell sets wins. */
export function loadDotEnv(): void {
  try {
    process.loadEnvFile(join(root, '.env'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/**
 * Starts a script of ours, or a tool's JavaScript entry, with this Node and in this process group, so that Ctrl-C and a
 * closed terminal reach it. No shell and no pnpm in between: they would outlive us and hold ports.
 */
export function startNode(
  entry: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string>; quiet?: boolean } = {},
): ChildProcess {
  return spawn(process.execPath, [entry, ...args], {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
  })
}

/** The JavaScript entry of a tool's command, found from a workspace folder. */
export function toolEntry(packageName: string, file: string, from = root): string {
  const require = createRequire(join(from, 'package.json'))
  return join(require.resolve(`${packageName}/package.json`), '..', file)
}

/** Waits until an address answers with 200, or the child that should serve it has ended. */
export async function untilAnswers(url: string, child: ChildProcess, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1_000
  while (Date.now() < end) {
    if (child.exitCode !== null)
      throw new Error(`the process that should answer at ${url} ended with code ${child.exitCode}`)
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${url} does not answer after ${seconds} s`)
}

/** Ends children: asks, waits, then insists. */
export async function endAll(children: ChildProcess[], graceMs = 5_000): Promise<void> {
  const running = children.filter((child) => child.exitCode === null && child.signalCode === null)
  const ended = Promise.all(
    running.map((child) => new Promise<void>((resolve) => child.once('exit', () => resolve()))),
  )
  for (const child of running) child.kill('SIGTERM')
  const timer = setTimeout(() => {
    for (const child of running) child.kill('SIGKILL')
  }, graceMs)
  await ended
  clearTimeout(timer)
}
