import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTestDatabase, startTestServer, type TestDatabase, testSecretKey } from '@tallyforge/db/testing'
import { type Part, startApi, startPart } from './api.ts'

const here = dirname(fileURLToPath(import.meta.url))
const web = join(here, '../apps/web')
const vscode = join(here, '../apps/vscode')

/** The entry of Playwright's command. */
export const playwright = join(
  dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
  'cli.js',
)

export type Stack = { api: Part; database: TestDatabase; stop: () => Promise<void> }

/** Builds the web app, with its design page. Returns the exit code. */
export function buildWeb(): Promise<number> {
  return build(web, [], { VITE_DESIGN_PAGE: '1' })
}

/** Builds the page that shows the editor's panel in a browser, beside the web app. Returns the exit code. */
export function buildPanelPage(): Promise<number> {
  return build(vscode, ['--mode', 'page'], { PANEL_PAGE_FOLDER: join(web, 'dist/panel-page') })
}

function build(folder: string, args: string[], env: Record<string, string>): Promise<number> {
  const vite = join(
    dirname(createRequire(join(folder, 'package.json')).resolve('vite/package.json')),
    'bin/vite.js',
  )
  return run(process.execPath, [vite, 'build', '--logLevel', 'warn', ...args], { cwd: folder, env })
}

/** Builds and packs the VS Code extension. Returns the exit code. */
export function buildExtension(): Promise<number> {
  return run(process.execPath, [join(here, '../scripts/extension.ts')], {})
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
