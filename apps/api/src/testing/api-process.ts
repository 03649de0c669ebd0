import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from '@tallyforge/db/embedded'

/** The API as a process of its own, which a proof may kill. `stop` and `kill` answer its exit code, null after a kill. */
export type ApiProcess = {
  url: string
  kill: () => Promise<number | null>
  stop: () => Promise<number | null>
  isRunning: () => boolean
  /** All that it has written so far, to both outputs. */
  written: () => string
}

const entry = fileURLToPath(new URL('../main.ts', import.meta.url))

function spawnApi(env: Record<string, string>) {
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more
    })
  }
  return { child, written: () => text }
}

/** Starts the API on a port and waits until it is ready. */
export async function startApi(env: Record<string, string>, port?: number): Promise<ApiProcess> {
  const own = port ?? (await freePort(35_000 + (process.pid % 1_000)))
  const { child, written } = spawnApi({ ...env, PORT: String(own) })
  const url = `http://127.0.0.1:${own}`
  for (let attempt = 0; ; attempt++) {
    const isUp = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
    if (isUp) break
    if (child.exitCode !== null || attempt > 200) throw new Error(`the API does not start: ${written()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    written,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
    isRunning: () => child.exitCode === null && child.signalCode === null,
  }
}

/** Runs the API until it ends by itself, as it does when it cannot start. */
export async function runApi(env: Record<string, string>): Promise<{ code: number | null; written: string }> {
  const { child, written } = spawnApi(env)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, written: written() }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = new Promise<void>((resolve) => child.once('close', () => resolve()))
    child.kill(signal)
    await exited
  }
  return child.exitCode
}
