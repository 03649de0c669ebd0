import { createServer } from 'node:net'
import { createTestDatabase, type TestDatabase, testSecretKey } from '@tallyforge/db/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { EnvNotUsable, readEnv } from '../env.ts'
import { runApi, startApi } from '../testing/api-process.ts'

// What cannot start says so in one clear line with the fix, and ends with 1.

let database: TestDatabase
let good: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'))
  good = {
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    SECRET_KEY: testSecretKey,
    LOG_LEVEL: 'info',
    SANDBOX_MODELS_URL: 'http://127.0.0.1:9/v1',
    PORT: '0',
  }
})

afterAll(() => database.drop())

async function failure(change: Record<string, string>): Promise<string> {
  const { code, written } = await runApi({ ...good, ...change })
  expect(code, written).toBe(1)
  expect(written).not.toMatch(/^\s+at /m)
  expect(written).not.toContain(testSecretKey)
  return written.trimEnd()
}

function withUrl(change: (url: URL) => void): string {
  const url = new URL(database.url)
  change(url)
  return url.toString()
}

test('no database at the address', async () => {
  const said = await failure({ DATABASE_URL: 'postgres://somebody:a-secret-word@127.0.0.1:9/nothing' })
  expect(said).toMatch(/^PostgreSQL at 127\.0\.0\.1:9 does not answer: .+\n {2}fix: .+DATABASE_URL.+$/)
  expect(said).not.toContain('a-secret-word')
})

test('a database that does not exist', async () => {
  const said = await failure({
    DATABASE_URL: withUrl((url) => {
      url.pathname = '/nothing_here'
    }),
  })
  expect(said).toMatch(
    /^PostgreSQL at 127\.0\.0\.1:\d+ runs, but it has no database "nothing_here"\.\n {2}fix: createdb -h 127\.0\.0\.1 -p \d+ -U postgres nothing_here .+DATABASE_URL.+$/,
  )
})

test('a user of the database who may not prepare it', async () => {
  await database.admin.unsafe(`create role cannot_${process.pid} login password 'x'`)
  const said = await failure({
    DATABASE_URL: withUrl((url) => {
      url.username = `cannot_${process.pid}`
      url.password = 'x'
    }),
  })
  await database.admin.unsafe(`drop role cannot_${process.pid}`)
  expect(said).toMatch(/^The database cannot be prepared: .+\n {2}fix: .+CREATEROLE$/)
})

test('a taken port', async () => {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const address = holder.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  const said = await failure({ PORT: port })
  holder.close()
  expect(said).toBe('The port of the API is taken.\n  fix: stop what holds it, or set PORT to another one')
})

test.each([
  ['HOST', '203.0.113.1', /^HOST is no address of this machine\.\n {2}fix: .+$/],
  [
    'MODELS',
    'nobody/nothing',
    /^No provider is configured for the model nobody\/nothing: .+\n {2}fix: .+MODELS.+$/,
  ],
  ['WEB_FOLDER', '/no/such/folder', /^WEB_FOLDER: \/no\/such\/folder has no index\.html; .+$/],
])('%s=%s', async (name, value, said) => {
  expect(await failure({ [name]: value })).toMatch(said)
})

test.each([
  ['SECRET_KEY', 'short', /^SECRET_KEY: SECRET_KEY needs at least 32 characters$/],
  ['SECRET_KEY', '', /^SECRET_KEY: .+$/],
  ['DATABASE_URL', 'mysql://localhost/x', /^DATABASE_URL: write it like postgres:\/\/.+$/],
  ['DATABASE_URL', 'not a url', /^DATABASE_URL: write it like postgres:\/\/.+$/],
  ['PUBLIC_URL', 'foo:bar', /^PUBLIC_URL: write it like https:\/\/.+$/],
  ['PUBLIC_URL', 'javascript:alert(1)', /^PUBLIC_URL: write it like https:\/\/.+$/],
  ['PORT', '99999', /^PORT=99999: write a whole number .+$/],
  ['TRUST_PROXY', 'true', /^TRUST_PROXY=true: write addresses or networks .+$/],
  ['TRUST_PROXY', '10.0.0.0/99', /^TRUST_PROXY=10\.0\.0\.0\/99: write addresses or networks .+$/],
  ['LOG_LEVEL', 'loud', /^LOG_LEVEL=loud: write one of .+$/],
  ['HOLD_SECONDS', '-1', /^HOLD_SECONDS=-1: write a number .+$/],
  ['SANDBOX_MODELS_URL', 'file:///etc/passwd', /^SANDBOX_MODELS_URL: .+$/],
  ['NODE_ENV', 'production', /^SANDBOX_MODELS_URL: production refuses stand-ins; .+$/],
])('the setting %s=%s is refused in one line', (name, value, said) => {
  expect(() => readEnv({ ...good, [name]: value })).toThrow(EnvNotUsable)
  expect(() => readEnv({ ...good, [name]: value })).toThrow(said)
})

test.each(['10.0.0.1', '10.0.0.0/8, ::1', 'fd00::/8', '', ' '])('TRUST_PROXY=%j is taken', (value) => {
  expect(readEnv({ ...good, TRUST_PROXY: value }).TRUST_PROXY).toBe(value)
})

test('every fault of the settings at once, one line each', async () => {
  const said = await failure({ PORT: 'x', PUBLIC_URL: 'x', TRUST_PROXY: 'x' })
  expect(said.split('\n').map((line) => line.split(':')[0])).toEqual([
    'PORT=x',
    'PUBLIC_URL',
    'TRUST_PROXY=x',
  ])
})

test('production without a model starts, and warns once of what to set', async () => {
  const { SANDBOX_MODELS_URL: _, ...bare } = good
  const api = await startApi({ ...bare, NODE_ENV: 'production' })
  const warnings = api
    .written()
    .split('\n')
    .filter((line) => line.includes('"level":"warn"') || line.includes('"level":40'))
  await api.stop()
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(/no model is connected.+OPENROUTER_API_KEY.+OLLAMA_BASE_URL/)
})
