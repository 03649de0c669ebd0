import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, startEmbedded } from '@tallyforge/db/embedded'

export type Part = { url: string; pid: number; stop: () => Promise<void> }
export type Account = { cookie: string; orgId: string }

/** A script of the repository as a process of its own, ready when `path` answers. It is told its own address. */
export async function startPart(script: string, env: Record<string, string>, path: string): Promise<Part> {
  const port = await freePort(36_000 + Math.floor(process.pid % 1_000))
  const url = `http://127.0.0.1:${port}`
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url))], {
    env: { PATH: process.env.PATH, PUBLIC_URL: url, ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (let attempt = 0; ; attempt++) {
    const isUp = await fetch(`${url}${path}`).then(
      (response) => response.ok,
      () => false,
    )
    if (isUp) break
    if (attempt > 300) throw new Error(`${script} does not start`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const stop = async () => {
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await exited
  }
  return { url, pid: child.pid ?? 0, stop }
}

/** The API with PostgreSQL as people run it (fsync on), the sandbox, and the built web app where a folder is given. */
export async function startStack(options: { paceMs: number; webFolder?: string }) {
  const folder = await mkdtemp(join(tmpdir(), 'tallyforge-bench-'))
  await chmod(folder, 0o755)
  const database = await startEmbedded({
    dataFolder: join(folder, 'data'),
    port: 0,
    fallbackFolder: join(folder, 'fallback'),
  })
  const sandbox = await startPart(
    '../apps/sandbox/src/main.ts',
    { SANDBOX_PACE_MS: String(options.paceMs) },
    '/healthz',
  )
  const api = await startPart(
    '../apps/api/src/main.ts',
    {
      DATABASE_URL: database.url,
      SECRET_KEY: 'bench-secret-key-of-at-least-32-characters',
      SANDBOX_MODELS_URL: `${sandbox.url}/v1`,
      LOG_LEVEL: 'warn',
      SHUTDOWN_SECONDS: '1',
      CALLS_PER_MINUTE: '100000000',
      SIGN_UPS_PER_HOUR: '100000',
      ...(options.webFolder === undefined ? {} : { WEB_FOLDER: options.webFolder }),
    },
    '/readyz',
  )
  return {
    api,
    sandbox,
    databaseUrl: database.url,
    stop: async () => {
      await api.stop()
      await sandbox.stop()
      await database.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What every call of an account carries. */
export const headersOf = (api: Part, cookie: string) => ({ origin: api.url, cookie })

/** A new account with its personal org. */
export async function signUp(api: Part): Promise<Account> {
  const response = await fetch(`${api.url}/trpc/auth.signUp`, {
    method: 'POST',
    headers: { origin: api.url, 'content-type': 'application/json' },
    body: JSON.stringify({
      json: { email: `${crypto.randomUUID()}@example.com`, password: 'correct horse battery', name: 'Bench' },
    }),
  })
  const body = (await response.json()) as { result: { data: { json: { orgs: { id: string }[] } } } }
  return {
    cookie: response.headers.getSetCookie().at(-1)?.split(';')[0] ?? '',
    orgId: body.result.data.json.orgs[0]?.id ?? '',
  }
}

/** CPU time of a process so far, in microseconds (Linux: clock ticks of 10 ms). */
export async function cpuOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}
