import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverModules, withoutServerCode } from './client-bundle.ts'
import { root } from './processes.ts'

let folder = ''
beforeAll(async () => {
  // Inside the repository, so that its sources and packages are found.
  folder = await mkdtemp(join(root, 'apps/web/dist-probe-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Builds one entry as a client is built, and writes nothing. */
async function buildEntry(source: string): Promise<unknown> {
  const entry = join(folder, 'entry.ts')
  await writeFile(entry, source)
  return build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [withoutServerCode('the probe')],
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'probe' } },
  })
}

test('a client that imports a source of the API does not build', async () => {
  const errors = join(root, 'apps/api/src/errors.ts')
  await expect(
    buildEntry(`import { statusOf } from '${errors}'\nexport const x = statusOf('conflict')`),
  ).rejects.toThrow(/the probe must not carry the server's code[\s\S]*apps\/api\/src\/errors\.ts/)
})

test('a type of the API is no code of it', async () => {
  const router = join(root, 'apps/api/src/router.ts')
  await expect(
    buildEntry(`import type { AppRouter } from '${router}'\nexport const x: AppRouter | null = null`),
  ).resolves.toBeDefined()
})

test('drivers and frameworks are told from what only sounds like them', () => {
  const pnpm = '/repo/node_modules/.pnpm'
  const ofServers = [
    `${pnpm}/postgres@3.4.9/node_modules/postgres/src/index.js`,
    `${pnpm}/fastify@5.12.8/node_modules/fastify/fastify.js`,
    `${pnpm}/drizzle-orm@0.45.4/node_modules/drizzle-orm/pg-core/index.js`,
    '/repo/packages/db/src/client.ts',
    'apps/api/src/router.ts',
    'C:\\repo\\apps\\api\\src\\app.ts',
  ]
  const ofClients = [
    '/repo/packages/client/src/client.ts',
    `${pnpm}/zod@4.6.7/node_modules/zod/index.js`,
    '/repo/apps/web/src/plugins/postgres.ts',
    '/repo/apps/vscode/src/extension/api.ts',
  ]
  expect(serverModules([...ofServers, ...ofClients])).toEqual(ofServers)
})
