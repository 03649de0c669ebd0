import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rawRequest } from '../testing/raw-http.ts'
import { allProcedures, readAnswer } from '../testing/surface.ts'
import { createTestApp, type TestApp, type TestPerson, useTestApp } from '../testing/test-app.ts'

// V28: limits of size and number, and who is counted.

const app = useTestApp()
let owner: TestPerson

beforeAll(async () => {
  owner = await app.current.person()
})

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${app.current.url}${path}`, {
    method: 'POST',
    headers: { ...app.current.headers(owner.cookie), 'content-type': 'application/json', ...headers },
    body,
  })

describe('batches', () => {
  test.each([11, 500])('of %i calls are refused whole: none of them runs', async (count) => {
    const before = app.current.deps.passwords.verifications()
    const attempt = { json: { email: owner.email, password: 'wrong horse battery' } }
    const names = Array.from({ length: count }, () => 'auth.signIn').join(',')
    const bodies = Object.fromEntries(Array.from({ length: count }, (_, index) => [index, attempt]))
    const answer = await readAnswer(await post(`/trpc/${names}?batch=1`, JSON.stringify(bodies)))
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(app.current.deps.passwords.verifications()).toBe(before)
  })

  test('of ten calls are answered one by one', async () => {
    const names = Array.from({ length: 10 }, () => 'auth.session').join(',')
    const response = await fetch(`${app.current.url}/trpc/${names}?batch=1&input=${encodeURIComponent('{}')}`)
    expect(await response.json()).toHaveLength(10)
  })

  test('with empty names, or with a stream, are refused', async () => {
    for (const names of [
      ',,,,,,,,,',
      'auth.session,,auth.session',
      'plugins.watch,plugins.watch',
      'plugins.watch,auth.session',
    ]) {
      const response = await fetch(
        `${app.current.url}/trpc/${names}?batch=1&input=${encodeURIComponent('{}')}`,
      )
      expect([names, response.status < 500]).toEqual([names, true])
      expect(await response.text()).toContain('"error"')
    }
  })
})

describe('sizes', () => {
  test('100 KB of cookies are refused in our words, and the server goes on', async () => {
    const answer = await rawRequest(app.current.url, {
      path: '/trpc/auth.session',
      headers: { cookie: `sid=${'x'.repeat(100_000)}` },
    })
    expect(answer.status).toBe(431)
    expect(answer.body).toContain('"kind":"invalid_input"')
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    expect((await fetch(`${app.current.url}/healthz`)).status).toBe(200)
  })

  test('8,000 parameters are read or refused, never a fault', async () => {
    const query = Array.from({ length: 8_000 }, (_, index) => `${index.toString(36)}`).join('&')
    for (const path of ['/trpc/auth.session', '/healthz', '/files/x', '/nothing']) {
      const answer = await rawRequest(app.current.url, { path: `${path}?${query}` })
      expect([path, answer.status < 500]).toEqual([path, true])
      const short = await rawRequest(app.current.url, { path: `${path}?${query.slice(0, 12_000)}` })
      expect([path, short.status]).toEqual([
        path,
        path.startsWith('/files') || path === '/nothing' ? 404 : 200,
      ])
    }
  })

  test.each(allProcedures().map(({ name }) => name))(
    '%s: 10 MB are refused by their stated length, before they are read',
    async (name) => {
      if (name === 'plugins.save') return
      // Only the length is sent: whoever waits for the body would wait for ever.
      const answer = await rawRequest(app.current.url, {
        method: 'POST',
        path: `/trpc/${name}`,
        headers: {
          ...app.current.headers(owner.cookie),
          'content-type': 'application/json',
          'content-length': String(10 * 1024 * 1024),
        },
      })
      expect(answer.status).toBe(413)
      expect(answer.body).toContain('"kind":"payload_too_large"')
    },
    10_000,
  )

  test('plugins.save: 10 MB are read and judged; 13 MB are refused', async () => {
    const ten = await readAnswer(
      await post(
        '/trpc/plugins.save',
        JSON.stringify({ json: { orgId: owner.orgId, text: 'x'.repeat(10 * 1024 * 1024) } }),
      ),
    )
    expect(ten).toMatchObject({ status: 400, kind: 'invalid_input' })
    const answer = await rawRequest(app.current.url, {
      method: 'POST',
      path: '/trpc/plugins.save',
      headers: {
        ...app.current.headers(owner.cookie),
        'content-type': 'application/json',
        'content-length': String(13 * 1024 * 1024),
      },
    })
    expect(answer.status).toBe(413)
  })

  test.each([
    ['opening brackets', '['.repeat(5_000_000)],
    ['nested arrays', `{"json":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
    [
      'nested notes',
      `{"json":{},"meta":{"values":${'{"a":'.repeat(100_000)}["bigint"]${'}'.repeat(100_000)}}}`,
    ],
    [
      'a number of millions of digits',
      `{"json":{"cap":"${'9'.repeat(4_000_000)}"},"meta":{"values":{"cap":["bigint"]}}}`,
    ],
    [
      'a million notes',
      `{"json":{},"meta":{"values":{${Array.from({ length: 200_000 }, (_, n) => `"a${n}":["bigint"]`).join()}}}}`,
    ],
  ])(
    'plugins.save: %s are refused soon',
    async (_about, body) => {
      const answer = await readAnswer(await post('/trpc/plugins.save', body))
      expect(answer).toMatchObject({ status: 400, kind: 'invalid_input' })
    },
    10_000,
  )

  test('a body without a stated length is refused on every way in', async () => {
    for (const path of ['/trpc/plugins.save', '/trpc/auth.signIn', '/files/x', '/nothing']) {
      const answer = await rawRequest(app.current.url, {
        method: 'POST',
        path,
        headers: {
          ...app.current.headers(),
          'content-type': 'application/json',
          'transfer-encoding': 'chunked',
        },
        body: '{"json":{}}',
      })
      expect([path, answer.status]).toEqual([path, 400])
      expect(answer.body).toContain('content-length')
    }
  })

  test('a length and chunks at once, or two lengths, are no request', async () => {
    const { rawBytes } = await import('../testing/raw-http.ts')
    for (const lengths of [
      'content-length: 5\r\ntransfer-encoding: chunked',
      'content-length: 5\r\ncontent-length: 6',
      'content-length: -1',
      'content-length: 1e3',
      'content-length: 0x5',
    ]) {
      const answer = await rawBytes(
        app.current.url,
        `POST /trpc/auth.signOut HTTP/1.1\r\nhost: x\r\norigin: http://localhost:5173\r\ncontent-type: application/json\r\n${lengths}\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nhost: x\r\n\r\n`,
      )
      expect(answer, lengths).toMatch(/^HTTP\/1\.1 400 /)
      expect(answer, lengths).not.toContain('process_cpu')
    }
  })
})

describe('who is counted', () => {
  let unproxied: TestApp
  let proxied: TestApp

  beforeAll(async () => {
    unproxied = await createTestApp({ env: { CALLS_PER_MINUTE: '20' } })
    proxied = await createTestApp({ env: { CALLS_PER_MINUTE: '20', TRUST_PROXY: '127.0.0.1' } })
  })

  afterAll(async () => {
    await unproxied.close()
    await proxied.close()
  })

  const call = async (target: TestApp, forwardedFor: string, calls = 1) => {
    const names = Array.from({ length: calls }, () => 'auth.session').join(',')
    const response = await fetch(`${target.url}/trpc/${names}?batch=1&input=${encodeURIComponent('{}')}`, {
      headers: {
        'x-forwarded-for': forwardedFor,
        'x-real-ip': forwardedFor,
        forwarded: `for=${forwardedFor}`,
      },
    })
    return response.status
  }

  test('without a trusted proxy a made-up X-Forwarded-For changes nothing', async () => {
    for (let n = 0; n < 20; n++) expect(await call(unproxied, `10.0.0.${n}`)).toBe(200)
    for (let n = 0; n < 5; n++) expect(await call(unproxied, `10.0.1.${n}`)).toBe(429)
  })

  test('with one its word counts, and only the last of them: what the client put before is made up', async () => {
    for (let n = 0; n < 20; n++) expect(await call(proxied, `10.0.0.${n}, 203.0.113.7`)).toBe(200)
    expect(await call(proxied, '10.0.9.9, 203.0.113.7')).toBe(429)
    expect(await call(proxied, '203.0.113.8')).toBe(200)
  })

  test('an IPv6 customer is one, whatever address of the /64 they take', async () => {
    for (let n = 0; n < 20; n++) expect(await call(proxied, `2001:db8:0:1::${n.toString(16)}`)).toBe(200)
    expect(await call(proxied, '2001:db8:0:1:ffff:ffff:ffff:ffff')).toBe(429)
    expect(await call(proxied, '2001:db8:0:2::1')).toBe(200)
  })

  test('a batch counts as what it carries, and the refusal says when to come back', async () => {
    expect(await call(proxied, '203.0.113.20', 10)).toBe(200)
    expect(await call(proxied, '203.0.113.20', 10)).toBe(200)
    const response = await fetch(`${proxied.url}/trpc/auth.session`, {
      headers: { 'x-forwarded-for': '203.0.113.20' },
    })
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})
