import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createTestDatabase, startTestServer, type TestDatabase, testSecretKey } from '@tallyforge/db/testing'
import { type Part, startApi, startPart } from './api.ts'
import { webFolder } from './build.ts'

/** The entry of Playwright's command. */
export const playwright = join(
  dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
  'cli.js',
)

export type Stack = { api: Part; database: TestDatabase; stop: () => Promise<void> }

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
    const sandbox = await startPart(
      '../apps/sandbox/src/main.ts',
      34_300 + (process.pid % 100),
      '/healthz',
      () => ({
        SANDBOX_PACE_MS: String(paceMs),
      }),
    )
    parts.push(sandbox)
    // Every API of this run and of its tests takes these settings from the environment.
    Object.assign(process.env, {
      DATABASE_URL: database.url,
      SECRET_KEY: testSecretKey,
      SANDBOX_MODELS_URL: `${sandbox.origin}/v1`,
      WEB_FOLDER: webFolder,
    })
    const api = await startApi()
    parts.push(api)
    return { api, database, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
