import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

export type CheckerRun = {
  program: string
  args: string[]
  folder: string
  timeoutMs: number
  signal?: AbortSignal
}

/** How the checker ended. Stopped: it met a limit of time, memory or output, or crashed. */
export type CheckerEnd = { end: 'passed' | 'failed'; output: string } | { end: 'stopped' }

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
      // It is over before its garbage matters: collected only near the limit, a check takes a third less.
      env: { GOGC: 'off', GOMEMLIMIT: '400MiB', GOMAXPROCS: '2' },
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
      else if (isKilled) resolve({ end: 'stopped' })
      else resolve(endOf(code, Buffer.concat(chunks).toString('utf8')))
    })
  })
}

/** 0 and 1 are the checker's verdicts. 2 is what Go says when memory or its stack ends: no verdict, though it may look like one. */
function endOf(code: number | null, output: string): CheckerEnd {
  if (code === 0) return { end: 'passed', output }
  return code === 1 ? { end: 'failed', output } : { end: 'stopped' }
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
