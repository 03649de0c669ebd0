import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

export type CheckerRun = {
  program: string
  args: string[]
  folder: string
  timeoutMs: number
  signal?: AbortSignal
}

/** How the checker ended. Stopped: it met a limit of time, memory or output. */
export type CheckerEnd = { end: 'done'; output: string } | { end: 'stopped' }

const maxOutputBytes = 2 * 1024 * 1024

/** CPU in seconds and address space in bytes, enforced by the kernel even when this process dies first. */
const prlimit = { program: '/usr/bin/prlimit', args: ['--cpu=10', '--as=1500000000', '--core=0'] }

/**
 * Runs the checker in its own process group, with an empty environment, until it ends, meets a limit, or the signal aborts; then
 * the whole group is killed. A type can grow without end in 14 lines, and a kill of the direct child alone left one running.
 * @throws the signal's reason when it aborts, Error when the program cannot be started.
 */
export function runChecker({ program, args, folder, timeoutMs, signal }: CheckerRun): Promise<CheckerEnd> {
  const isLimited = process.platform === 'linux' && existsSync(prlimit.program)
  const [file, ...rest] = isLimited
    ? [prlimit.program, ...prlimit.args, program, ...args]
    : [program, ...args]
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const child = spawn(file ?? program, rest, {
      cwd: folder,
      env: { GOMEMLIMIT: '400MiB', GOMAXPROCS: '2' },
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const chunks: Buffer[] = []
    let bytes = 0
    let isKilled = false
    const kill = () => {
      isKilled = true
      killGroup(child)
    }
    const timer = setTimeout(kill, timeoutMs)
    signal?.addEventListener('abort', kill, { once: true })
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > maxOutputBytes) kill()
    })
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', kill)
      if (signal?.aborted) reject(signal.reason)
      // The checker says 0, 1 or 2; anything else is a crash, by the kernel's limits or its own stack.
      else if (isKilled || code === null || code > 2) resolve({ end: 'stopped' })
      else resolve({ end: 'done', output: Buffer.concat(chunks).toString('utf8') })
    })
  })
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    // The negative id names the group. Windows has no groups; there the program is the direct child.
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
  } catch {
    // It ended by itself in between.
  }
}
