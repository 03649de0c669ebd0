import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTestDatabase, startTestServer, type TestDatabase, testSecretKey } from '@tallyforge/db/testing'
import { type Part, startApi, startPart } from './api.ts'

const here = dirname(fileURLToPath(import.meta.url))
const web = join(here, '../apps/web')

/** The entry of Playwright's command. */
export const playwright = join(
  dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
  'cli.js',
)

export type Stack = { api: Part; database: TestDatabase; stop: () => Promise<void> }

/** Builds the web app, with its design page. Returns the exit code. */
export function buildWeb(): Promise<number> {
  const vite = join(
    dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')),
    'bin/vite.js',
  )
  return run(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: web,
    env: { VITE_DESIGN_PAGE: '1' },
  })
}

/** Builds and packs the VS Code extension. Returns the exit code. */
export async function buildExtension(): Promise<number> {
  const cwd = join(here, '../apps/vscode')
  const built = await run(process.execPath, ['scripts/build.ts'], { cwd })
  return built === 0 ? run(process.execPath, ['scripts/package.ts'], { cwd }) : built
}

/** PostgreSQL, the sandbox and the API with the built web app as one origin. */
export async function startStack({ paceMs = 4 } = {}): Promise<Stack> {
  const server = await startTestServer()
  const database = await createTestDatabase(server.url)
  const parts: Part[] = []
  const stop = async () => {
    await Promise.all(parts.map((part) => part.stop()))
    await database.drop()
    await server.stop()
  }
  try {
    const sandbox = await startPart('../apps/sandbox/src/main.ts', 34_300, '/healthz', () => ({
      SANDBOX_PACE_MS: String(paceMs),
    }))
    parts.push(sandbox)
    // Every API of this run and of its tests takes these settings from the environment.
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      SECRET_KEY: testSecretKey,
      SANDBOX_MODELS_URL: `${sandbox.origin}/v1`,
      WEB_FOLDER: join(web, 'dist'),
    })
    const api = await startApi()
    parts.push(api)
    return { api, database, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Runs a command to its end and returns its exit code. */
export function run(
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> },
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? here,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('exit', (code) => resolve(code ?? 1))
    child.once('error', () => resolve(1))
  })
}
