import { randomUUID } from 'node:crypto'
import { createTestDatabase, type TestDatabase, testSecretKey } from '@tallyforge/db/testing'
import { buildModelsServer } from '@tallyforge/sandbox/models-server'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type ApiProcess, startApi } from '../testing/api-process.ts'
import { createRandom, fuzzCase } from '../testing/fuzz.ts'
import { cutDatabase } from '../testing/outage.ts'
import { rawBytes, rawRequest } from '../testing/raw-http.ts'
import { allProcedures, nothing, validInput, wire } from '../testing/surface.ts'

// V17, V18: with a canary in every input, no line of the log carries one, and each line is one JSON object.

const canary = 'canaryword'
const origin = 'http://localhost:5173'
let database: TestDatabase
let sandbox: FastifyInstance
let api: ApiProcess

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseServer'))
  sandbox = buildModelsServer({ paceMs: 0 })
  const sandboxUrl = await sandbox.listen({ host: '127.0.0.1', port: 0 })
  api = await startApi({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    // No canary: the server's roles have their passwords from it, and other tests use the same server.
    SECRET_KEY: testSecretKey,
    METRICS_TOKEN: canary,
    PUBLIC_URL: origin,
    SANDBOX_MODELS_URL: `${sandboxUrl}/v1`,
    LOG_LEVEL: 'debug',
    SIGN_UPS_PER_HOUR: '1000',
    CALLS_PER_MINUTE: '100000',
    MODEL_FIRST_BYTE_SECONDS: '1',
    MODEL_IDLE_SECONDS: '1',
    SWEEP_SECONDS: '0.3',
  })
})

afterAll(async () => {
  await api.stop()
  await sandbox.close()
  await database.drop()
})

const email = `${canary}@example.com`
const password = `${canary} horse battery`

async function post(procedure: string, input: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', ...headers },
    body: typeof input === 'string' ? input : JSON.stringify(wire(input)),
  })
  return { status: response.status, headers: response.headers, json: (await response.json()) as never }
}

test('a whole run with canaries everywhere, through successes, refusals and faults', async () => {
  const statuses: number[] = []
  const signedUp = await post('auth.signUp', { email, password, name: `Ada ${canary}` })
  expect(signedUp.status).toBe(200)
  const cookie = signedUp.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
  const token = cookie.split('=')[1] ?? ''
  expect(token).toMatch(/^[a-z0-9]{40}$/)
  const [row] = await database.admin<{ id: string }[]>`select org_id as id from app.memberships`
  const { toPublicId } = await import('@tallyforge/core/ids')
  const orgId = toPublicId('org', row?.id ?? '')
  const with_ = {
    cookie: `${cookie}; other=${canary}`,
    'user-agent': canary,
    referer: `http://${canary}/`,
    'x-request-id': canary,
    authorization: `Basic ${canary}`,
  }

  // Signing in and up: right, wrong, taken, unreadable.
  for (const input of [
    { email, password },
    { email, password: `wrong ${canary}` },
    { email: canary, password },
    { email, password, role: canary },
    { [canary]: 1 },
  ])
    statuses.push((await post('auth.signIn', input, { 'user-agent': canary })).status)
  statuses.push((await post('auth.signUp', { email, password, name: canary })).status)
  statuses.push((await post('auth.signUp', `{"json":{"email":"${canary}`)).status)
  statuses.push(
    (await post('auth.signUp', `{"json":{"email":"${canary}"},"meta":{"values":{"email":["bigint"]}}}`))
      .status,
  )
  statuses.push(
    (await post('auth.signUp', `{"json":{"email":"${canary}"},"meta":{"values":{"${canary}":["regexp"]}}}`))
      .status,
  )

  for (const bearer of [canary, token]) {
    statuses.push((await post('plugins.archive', { orgId }, { authorization: `Bearer ${bearer}` })).status)
  }

  // Every model, also those that fail in the middle and say what they were told.
  for (const model of [
    'template-writer',
    'cut',
    '500',
    '401',
    'garbage',
    'midstream-error',
    'html',
    'invalid',
    'hang',
    canary,
  ]) {
    const started = await post(
      'plugins.generate',
      { orgId, operationId: randomUUID(), prompt: `Sort lines ${canary}`, model: `sandbox/${model}` },
      with_,
    )
    statuses.push(started.status)
  }
  const ended = () => database.admin`select 1 from app.generations where finished_at is null`
  await expect.poll(async () => (await ended()).length, { timeout: 30_000 }).toBe(0)
  const [made] = await database.admin<{ id: string; plugin: string }[]>`
    select version_id as id, plugin_id as plugin from app.generations where state = 'succeeded' limit 1`
  const own = {
    ...nothing({ email } as never),
    email,
    orgId,
    pluginId: toPublicId('plugin', made?.plugin ?? ''),
    versionId: toPublicId('version', made?.id ?? ''),
  }

  // Every procedure with a canary in every text, then with hostile inputs, whose words are canaries too.
  const random = createRandom(7)
  for (const procedure of allProcedures().filter(({ type }) => type !== 'subscription')) {
    const input = validInput(procedure.name, own) ?? {}
    for (const key of [...Object.keys(input), canary]) {
      const answer = await post(
        procedure.name,
        { ...validInput(procedure.name, own), [key]: `${canary}\u0000\r\n{"level":60}` },
        procedure.name.startsWith('auth.') ? {} : with_,
      )
      statuses.push(answer.status)
    }
    for (let n = 0; n < 8; n++) {
      const one = fuzzCase(procedure, own, random)
      statuses.push(
        (await post(procedure.name, one.text.replaceAll(/x{20,}/g, canary.repeat(5)), { 'x-canary': canary }))
          .status,
      )
    }
  }

  // Addresses, headers and log injection.
  for (const path of [
    `/${canary}`,
    `/trpc/${canary}`,
    `/trpc/auth.session,${canary}?batch=1`,
    `/files/${canary}`,
    `/trpc/auth.session?input=${canary}`,
    `/metrics?${canary}`,
    `/api/tokens/history.csv?orgId=${canary}&search=${canary}`,
    `/%zz${canary}`,
    `/trpc/x%0a%7b%22level%22:60,%22msg%22:%22${canary}%22%7d`,
  ])
    statuses.push(
      (
        await rawRequest(api.url, {
          path,
          headers: { cookie: `sid=${canary}`, authorization: `Bearer ${canary}x` },
        })
      ).status,
    )
  await rawBytes(
    api.url,
    `GET /${canary} HTTP/1.1\r\nhost: ${canary}\r\nx: a\n{"level":60,"msg":"${canary}"}\r\n\r\n`,
  )
  await rawBytes(api.url, `${canary}\r\n\r\n`)

  // Faults of the database: rows that it cannot take, a missing column, a lost connection.
  await database.admin`alter table app.plugins add constraint broken check (title not like ${`%broken%`})`.catch(
    () => undefined,
  )
  await database.admin.unsafe(
    `alter table app.plugins add constraint broken check (title not like '%broken%') not valid`,
  )
  statuses.push(
    (
      await post(
        'plugins.rename',
        { ...own, orgId, pluginId: own.pluginId, title: `broken ${canary}` },
        with_,
      )
    ).status,
  )
  const faulty = await post(
    'plugins.rename',
    { orgId, pluginId: own.pluginId, title: `broken ${canary}` },
    with_,
  )
  expect(faulty.status).toBe(500)
  await database.admin.unsafe('alter table app.plugins drop constraint broken')
  await database.admin.unsafe('alter table app.plugins rename column title to titel')
  expect((await post('plugins.rename', { orgId, pluginId: own.pluginId, title: canary }, with_)).status).toBe(
    500,
  )
  await database.admin.unsafe('alter table app.plugins rename column titel to title')
  await database.admin.unsafe('alter table auth.users rename column name to nom')
  expect((await post('auth.signIn', { email, password })).status).toBe(500)
  expect((await post('auth.signUp', { email: `other-${email}`, password, name: canary })).status).toBe(500)
  await database.admin.unsafe('alter table auth.users rename column nom to name')
  const mend = await cutDatabase(database.url)
  statuses.push((await post('auth.signIn', { email, password })).status)
  statuses.push(
    (await post('plugins.rename', { orgId, pluginId: own.pluginId, title: canary }, with_)).status,
  )
  await mend()
  await expect.poll(async () => (await fetch(`${api.url}/readyz`)).status, { timeout: 20_000 }).toBe(200)

  const lines = api.written().trimEnd().split('\n')
  expect(lines.length).toBeGreaterThan(statuses.length)
  for (const line of lines) {
    const entry = JSON.parse(line) as { level?: number; time?: string }
    expect(entry, line).toMatchObject({ level: expect.any(Number), time: expect.any(String) })
    expect(line.toLowerCase()).not.toContain(canary)
    expect(line).not.toContain(token)
    expect(line).not.toContain('argon2')
    expect(line).not.toContain(testSecretKey)
  }
  // Nobody wrote a line of their own.
  expect(lines.filter((line) => line.includes('"level":60'))).toEqual([])
  // Faults are told: with a code or a stack, and the request's id to find them by.
  const faults = lines
    .map((line) => JSON.parse(line) as { level: number; requestId?: string; err?: unknown })
    .filter(({ level }) => level === 50)
  expect(faults.length).toBeGreaterThanOrEqual(4)
  for (const fault of faults)
    expect(fault).toMatchObject({ err: expect.anything(), requestId: expect.any(String) })
  expect(api.isRunning()).toBe(true)
})
