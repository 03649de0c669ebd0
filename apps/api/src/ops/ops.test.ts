import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkServer } from '@tallyforge/client/version'
import Fastify from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { answerFailures } from '../http/failures.ts'
import { requirePolicies } from '../http/policy.ts'
import { shedLoad } from '../http/pressure.ts'
import { untilEnded } from '../testing/generations.ts'
import { cutDatabase } from '../testing/outage.ts'
import { rawRequest } from '../testing/raw-http.ts'
import { callProcedure } from '../testing/surface.ts'
import { createTestApp, type TestPerson, useTestApp } from '../testing/test-app.ts'
import { registerHealth } from './health.ts'

const app = useTestApp()
let owner: TestPerson

beforeAll(async () => {
  owner = await app.current.person()
})

describe('every answer', () => {
  test.each([
    ['GET', '/healthz', 200],
    ['GET', '/readyz', 200],
    ['GET', '/v1/version', 200],
    ['GET', '/metrics', 200],
    ['GET', '/trpc/auth.session', 200],
    ['HEAD', '/healthz', 200],
    ['HEAD', '/trpc/auth.session', 204],
    ['GET', '/trpc/models.list', 401],
    ['GET', '/trpc/nothing', 404],
    ['GET', '/trpc/auth.signOut', 405],
    ['GET', `/trpc/${'auth.session,'.repeat(11)}?batch=1`, 400],
    ['POST', '/trpc/auth.signOut', 403],
    ['GET', '/files/x', 404],
    ['GET', '/nothing', 404],
    ['GET', '/', 404],
    ['DELETE', '/healthz', 403],
    ['GET', '/%zz', 400],
    ['GET', '/trpc/plugins.watch', 200],
  ])('%s %s → %i carries the headers of security', async (method, path, status) => {
    const response = await fetch(`${app.current.url}${path}`, {
      method,
      headers: { origin: 'https://elsewhere.example' },
    })
    const { headers } = response
    expect([response.status, headers.get('x-powered-by'), headers.get('server')]).toEqual([
      status,
      null,
      null,
    ])
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(headers.get('content-security-policy')).not.toContain('unsafe-eval')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('access-control-allow-origin')).toBeNull()
    if (path.startsWith('/trpc') && method === 'GET')
      expect(headers.get('cache-control')).toContain('no-store')
    if (status >= 400 && !path.startsWith('/trpc')) {
      expect(await response.json()).toEqual({
        error: {
          kind: expect.any(String),
          message: expect.any(String),
          details: {},
          requestId: expect.any(String),
        },
      })
    } else await response.body?.cancel()
  })

  test('says HSTS behind https, and its cookie is bound to the host', async () => {
    const secure = await createTestApp({ env: { PUBLIC_URL: 'https://tallyforge.example' } })
    const response = await fetch(`${secure.url}/trpc/auth.signUp`, {
      method: 'POST',
      headers: { origin: 'https://tallyforge.example', 'content-type': 'application/json' },
      body: JSON.stringify({
        json: { email: 'secure@example.com', password: 'correct horse battery', name: 'S' },
      }),
    })
    expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000')
    expect(response.headers.getSetCookie().at(-1)).toMatch(
      /^__Host-sid=[a-z0-9]{40}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax; Secure$/,
    )
    await secure.close()
  })
})

test('the version says what runs, and nothing of where', async () => {
  const version = (await (await fetch(`${app.current.url}/v1/version`)).json()) as Record<string, string>
  expect(version).toEqual({
    name: 'tallyforge',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    oldestClient: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    node: process.version,
  })
})

test('clients of this release fit', async () => {
  expect((await checkServer(app.current.url)).kind).toBe('compatible')
})

describe('a raw route', () => {
  test('without a policy keeps the app from starting', async () => {
    const server = Fastify()
    requirePolicies(server)
    server.get('/stated', { config: { policy: { kind: 'open' } } }, async () => 'x')
    server.get('/forgotten', async () => 'x')
    await expect(server.ready()).rejects.toThrow(/routes without a policy: .*GET \/forgotten/)
  })

  test('of this app is one that a test here knows', () => {
    const routes = app.current.app.printRoutes({ commonPrefix: false }).match(/[^\s├└│─]+ \([A-Z, ]+\)/g)
    expect(routes?.map((route) => route.split(' ')[0]).sort()).toEqual(
      [
        '/api/tokens/history.csv',
        '/files/:token',
        '/healthz',
        '/metrics',
        '/readyz',
        '/trpc/:path',
        '/v1/version',
      ].sort(),
    )
  })
})

describe('the metrics', () => {
  test('are for this machine when there is no token, but not through a proxy on it', async () => {
    expect((await fetch(`${app.current.url}/metrics`)).status).toBe(200)
    for (const header of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via']) {
      const answer = await fetch(`${app.current.url}/metrics`, { headers: { [header]: '127.0.0.1' } })
      expect([header, answer.status]).toEqual([header, 403])
    }
    const trusting = await createTestApp({ env: { TRUST_PROXY: '127.0.0.1' } })
    for (const address of ['127.0.0.1', '203.0.113.9, 127.0.0.1', '::1']) {
      const answer = await fetch(`${trusting.url}/metrics`, { headers: { 'x-forwarded-for': address } })
      expect([address, answer.status]).toEqual([address, 403])
    }
    await trusting.close()
  })

  test('are for nobody in production when there is no token', async () => {
    const production = await createTestApp({ env: { NODE_ENV: 'production', ALLOW_SANDBOX: 'true' } })
    const answer = await fetch(`${production.url}/metrics`)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('Set METRICS_TOKEN')
    await production.close()
  })

  test('are for whoever has the token when there is one, and for nobody else on this machine', async () => {
    const guarded = await createTestApp({ env: { METRICS_TOKEN: 'the-token' } })
    const status = async (authorization?: string) =>
      (
        await fetch(
          `${guarded.url}/metrics`,
          authorization === undefined ? {} : { headers: { authorization } },
        )
      ).status
    expect(await status()).toBe(403)
    for (const wrong of [
      'the-token',
      'Bearer',
      'Bearer ',
      'Bearer the-toke',
      'Bearer the-token2',
      'bearer the-token',
      'Basic the-token',
    ])
      expect([wrong, await status(wrong)]).toEqual([wrong, 403])
    expect(await status('Bearer the-token')).toBe(200)
    await guarded.close()
  })

  test('name routes, never addresses or people', async () => {
    await rawRequest(app.current.url, { path: '/canary-address/canary@example.com?canary' })
    await callProcedure(
      app.current,
      { name: 'plugins.list', type: 'query' },
      { input: { orgId: owner.orgId }, cookie: owner.cookie },
    )
    const text = await (await fetch(`${app.current.url}/metrics`)).text()
    expect(text).toContain('route="/trpc/:path"')
    expect(text).not.toContain('canary')
    expect(text).not.toContain(owner.orgId)
  })
})

describe('load', () => {
  test('that keeps the server from its work is shed with 503 and Retry-After; alive it says it is all the same', async () => {
    const server = Fastify()
    answerFailures(server)
    await shedLoad(server, { maxDelayMs: 100 })
    registerHealth(server, app.current.deps)
    server.get('/work', async () => 'done')
    await server.listen({ host: '127.0.0.1', port: 0 })
    expect((await server.inject('/work')).statusCode).toBe(200)
    // The delay is measured every second: the loop is held for most of it.
    const seen = new Set<number>()
    for (let round = 0; round < 20 && !seen.has(503); round++) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700)
      await sleep(5)
      const answer = await server.inject('/work')
      seen.add(answer.statusCode)
      if (answer.statusCode !== 503) continue
      expect(answer.headers['retry-after']).toBe('2')
      expect(answer.json()).toMatchObject({ error: { kind: 'unavailable' } })
      expect((await server.inject('/healthz')).statusCode).toBe(200)
    }
    expect([...seen]).toContain(503)
    await expect.poll(async () => (await server.inject('/work')).statusCode, { timeout: 10_000 }).toBe(200)
    await server.close()
  })
})

describe('a database that is gone', () => {
  test('is said with 503 and Retry-After everywhere; nothing crashes, and all comes back by itself', async () => {
    const { client, orgId, cookie } = owner
    const messages: unknown[] = []
    const watch = client.plugins.watch.subscribe(
      { orgId },
      { onData: ({ data }) => messages.push(data.type) },
    )
    await expect.poll(() => messages.length).toBeGreaterThan(0)
    const mend = await cutDatabase(app.current.database.url)
    try {
      const calls = [
        { name: 'plugins.list', type: 'query' as const, input: { orgId } },
        { name: 'tokens.balance', type: 'query' as const, input: { orgId } },
        { name: 'models.list', type: 'query' as const, input: undefined },
        { name: 'auth.session', type: 'query' as const, input: undefined },
        {
          name: 'auth.signIn',
          type: 'mutation' as const,
          input: { email: owner.email, password: owner.password },
        },
        {
          name: 'auth.signUp',
          type: 'mutation' as const,
          input: { email: `${randomUUID()}@example.com`, password: 'correct horse battery', name: 'X' },
        },
        {
          name: 'plugins.generate',
          type: 'mutation' as const,
          input: { orgId, operationId: randomUUID(), prompt: 'Sort lines', model: 'sandbox/template-writer' },
        },
      ]
      for (const call of calls) {
        const answer = await callProcedure(app.current, call, { input: call.input, cookie })
        expect([call.name, answer.status, answer.kind], answer.body).toEqual([call.name, 503, 'unavailable'])
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      }
      const ready = await fetch(`${app.current.url}/readyz`)
      expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '2'])
      expect(await ready.json()).toEqual({ status: 'unavailable', reason: 'The database does not answer.' })
      expect((await fetch(`${app.current.url}/healthz`)).status).toBe(200)
      expect((await fetch(`${app.current.url}/v1/version`)).status).toBe(200)
    } finally {
      await mend()
    }
    await expect
      .poll(async () => (await fetch(`${app.current.url}/readyz`)).status, { timeout: 20_000 })
      .toBe(200)
    const before = messages.length
    const started = await client.plugins.generate.mutate({
      orgId,
      operationId: randomUUID(),
      prompt: 'Sort the selected lines',
      model: 'sandbox/template-writer',
    })
    expect((await untilEnded(owner, started.id)).state).toBe('succeeded')
    // The stream that was open hears of it, too.
    await expect.poll(() => messages.slice(before), { timeout: 10_000 }).toContain('generation')
    watch.unsubscribe()
  })
})
