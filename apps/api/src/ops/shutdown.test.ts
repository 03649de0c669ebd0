import { randomUUID } from 'node:crypto'
import { type Client, createClient } from '@tallyforge/client/client'
import { createTestDatabase, type TestDatabase, testSecretKey } from '@tallyforge/db/testing'
import { buildModelsServer } from '@tallyforge/sandbox/models-server'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { type ApiProcess, startApi } from '../testing/api-process.ts'

// A stop is bounded, whatever is open; a generation that runs is finished, or failed and released.

const origin = 'http://localhost:5173'
let database: TestDatabase
let sandbox: FastifyInstance
let env: Record<string, string>
const started: ApiProcess[] = []

async function start(change: Record<string, string>): Promise<ApiProcess> {
  const api = await startApi({ ...env, ...change })
  started.push(api)
  return api
}

afterEach(() => Promise.all(started.splice(0).map((api) => api.kill())))

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'))
  sandbox = buildModelsServer({ paceMs: 8 })
  const sandboxUrl = await sandbox.listen({ host: '127.0.0.1', port: 0 })
  env = {
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    SECRET_KEY: testSecretKey,
    PUBLIC_URL: origin,
    SANDBOX_MODELS_URL: `${sandboxUrl}/v1`,
    LOG_LEVEL: 'info',
  }
})

afterAll(async () => {
  expect(await database.admin`select * from app.ledger_faults()`).toEqual([])
  await sandbox.close()
  await database.drop()
})

type Person = { cookie: string; orgId: string; client: Client }

async function signUp({ url }: ApiProcess): Promise<Person> {
  const response = await fetch(`${url}/trpc/auth.signUp`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({
      json: { email: `${randomUUID()}@example.com`, password: 'correct horse battery', name: 'Ada' },
    }),
  })
  const cookie = response.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
  const client = createClient({ url: `${url}/trpc`, headers: () => ({ origin, cookie }) })
  const orgId = (await client.auth.session.query())?.orgs[0]?.id
  if (orgId === undefined) throw new Error('sign-up made no org')
  return { cookie, orgId, client }
}

/** Opens the page's stream; `over` says how it ended, and all that was sent. */
async function openStream({ url }: ApiProcess, { cookie, orgId }: Person) {
  const input = encodeURIComponent(JSON.stringify({ json: { orgId } }))
  const response = await fetch(`${url}/trpc/plugins.watch?input=${input}`, { headers: { cookie } })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = (await reader?.read())?.value ?? ''
  const read = async () => {
    try {
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
        text += part.value
      return { end: 'ended', text }
    } catch {
      return { end: 'cut', text }
    }
  }
  return { over: read() }
}

function generate({ client, orgId }: Person, model: string) {
  return client.plugins.generate.mutate({ orgId, operationId: randomUUID(), prompt: 'Sort lines', model })
}

async function untilRunning(): Promise<void> {
  const running = () => database.admin`select 1 from app.generations where state = 'running'`
  await expect.poll(async () => (await running()).length, { timeout: 10_000 }).toBe(1)
}

/** State of generation and hold of the newest generation. */
async function outcome() {
  const [row] = await database.admin`
    select g.state, h.state as hold, h.charged > 0 as is_charged, g.failure
    from app.generations g join app.holds h on h.org_id = g.org_id and h.operation_id = g.operation_id
    order by g.created_at desc limit 1`
  return row
}

test('with time to spare a running generation is finished and charged, and open streams end', async () => {
  const api = await start({ SHUTDOWN_SECONDS: '20' })
  const person = await signUp(api)
  const stream = await openStream(api, person)
  await generate(person, 'sandbox/template-writer')
  await untilRunning()
  expect(await api.stop(), api.written()).toBe(0)
  const { end, text } = await stream.over
  expect(end).toBe('ended')
  // With this event a client would stop for good; without it, it comes back with its last event id.
  expect(text).not.toContain('event: return')
  expect(text).not.toContain('error')
  expect(text).toMatch(/\nid: \S/)
  expect(await outcome()).toMatchObject({ state: 'succeeded', hold: 'settled', is_charged: true })
})

test('without it, it is failed in words, released, and the stop takes no longer than it was given', async () => {
  const api = await start({ SHUTDOWN_SECONDS: '1', MODEL_FIRST_BYTE_SECONDS: '600' })
  const person = await signUp(api)
  const streams = await Promise.all(Array.from({ length: 5 }, () => openStream(api, person)))
  await generate(person, 'sandbox/hang')
  await untilRunning()
  // The model was given longer than this test has.
  expect(await api.stop()).toBe(0)
  for (const stream of streams) expect((await stream.over).end).toBe('ended')
  expect(await outcome()).toMatchObject({ state: 'failed', hold: 'released', is_charged: false })
  expect((await outcome())?.failure).toContain('You were not charged')
})

test('a second signal, or an idle client that keeps its connection, changes nothing', async () => {
  const api = await start({ SHUTDOWN_SECONDS: '1' })
  await signUp(api)
  await fetch(`${api.url}/healthz`)
  const codes = await Promise.all([api.stop(), api.stop()])
  expect(codes).toEqual([0, 0])
  for (const line of api.written().trim().split('\n')) expect(() => JSON.parse(line), line).not.toThrow()
})
