import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from '@tallyforge/db/embedded'

/** A process of ours that answers at `origin`: it can be stopped and started again at the same address. */
export type Part = { origin: string; stop: () => Promise<void>; start: () => Promise<void> }

/**
 * One more API on the run's database, at an address of its own: a test may stop it and start it again. `settings` come before
 * those of the run.
 */
export function startApi(settings: Record<string, string> = {}): Promise<Part> {
  // The runner hands the settings of its stack on to the tests in their environment.
  return startPart('../apps/api/src/main.ts', 34_500 + (process.pid % 100) * 10, '/readyz', (origin) => ({
    NODE_ENV: 'test',
    PUBLIC_URL: origin,
    LOG_LEVEL: 'error',
    SIGN_UPS_PER_HOUR: '10000',
    SHUTDOWN_SECONDS: '1',
    ...settings,
  }))
}

/** Starts a script of the repository on a free port, and waits until `path` answers. */
export async function startPart(
  script: string,
  firstPort: number,
  path: string,
  envOf: (origin: string) => Record<string, string>,
): Promise<Part> {
  const port = await freePort(firstPort)
  const origin = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  const part: Part = {
    origin,
    start: async () => {
      child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url))], {
        env: { ...process.env, ...envOf(origin), PORT: String(port) },
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      await untilAnswers(`${origin}${path}`)
    },
    stop: async () => {
      if (child === undefined || child.exitCode !== null) return
      const exited = new Promise((resolve) => child?.once('exit', resolve))
      child.kill('SIGTERM')
      await exited
    },
  }
  await part.start().catch(async (error: unknown) => {
    await part.stop()
    throw error
  })
  return part
}

async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${url} does not answer`)
}
