import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@tallyforge/db/embedded'
import { createTestDatabase, startTestServer, testSecretKey } from '@tallyforge/db/testing'

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)

/** Builds the web app, starts PostgreSQL, the sandbox and the API as one origin, and runs Playwright against them. */
async function main(): Promise<number> {
  const web = join(here, '../apps/web')
  const vite = join(
    dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')),
    'bin/vite.js',
  )
  const isBuilt = await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: web })
  if (isBuilt !== 0) return isBuilt

  const server = await startTestServer()
  const database = await createTestDatabase(server.url)
  const [apiPort, sandboxPort] = [await freePort(34_100), await freePort(34_300)]
  const origin = `http://127.0.0.1:${apiPort}`
  const started: ChildProcess[] = []
  const start = (folder: string, env: Record<string, string>) => {
    const child = spawn(process.execPath, ['src/main.ts'], {
      cwd: join(here, folder),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    started.push(child)
  }
  start('../apps/sandbox', { PORT: String(sandboxPort), SANDBOX_PACE_MS: '4' })
  start('../apps/api', {
    NODE_ENV: 'test',
    PORT: String(apiPort),
    PUBLIC_URL: origin,
    DATABASE_URL: database.url,
    SECRET_KEY: testSecretKey,
    SANDBOX_MODELS_URL: `http://127.0.0.1:${sandboxPort}/v1`,
    WEB_FOLDER: join(web, 'dist'),
    LOG_LEVEL: 'error',
    SIGN_UPS_PER_HOUR: '10000',
    SHUTDOWN_SECONDS: '1',
  })
  try {
    await untilAnswers(`${origin}/readyz`)
    const playwright = join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js')
    return await run(process.execPath, [playwright, 'test', ...process.argv.slice(2)], {
      cwd: here,
      env: { BASE_URL: origin },
    })
  } finally {
    await Promise.all(started.map(end))
    await database.drop()
    await server.stop()
  }
}

function run(
  command: string,
  args: string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('exit', (code) => resolve(code ?? 1))
    child.once('error', () => resolve(1))
  })
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
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

process.exitCode = await main()
