import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from '@tallyforge/db/embedded'

/** The API as a process of its own, which a proof may kill. */
export type ApiProcess = { url: string; kill: () => Promise<void>; stop: () => Promise<void> }

const entry = fileURLToPath(new URL('../main.ts', import.meta.url))

/** Starts the API on a port and waits until it is ready. */
export async function startApi(env: Record<string, string>, port?: number): Promise<ApiProcess> {
  const own = port ?? (await freePort(35_000 + (process.pid % 1_000)))
  const child = spawn(process.execPath, [entry], {
    env: { ...env, PORT: String(own) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (text: Buffer) => {
    complaint += text.toString('utf8')
  })
  const url = `http://127.0.0.1:${own}`
  for (let attempt = 0; ; attempt++) {
    const isUp = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
    if (isUp) break
    if (child.exitCode !== null || attempt > 200) throw new Error(`the API does not start: ${complaint}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { url, kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM') }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill(signal)
  await exited
}
