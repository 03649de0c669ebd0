import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkAnswer } from '../testing/fuzz-rounds.ts'
import { rawBytes, rawRequest } from '../testing/raw-http.ts'
import {
  allProcedures,
  type Belongings,
  callProcedure,
  cookieFor,
  furnish,
  validInput,
} from '../testing/surface.ts'
import { hashOfTables } from '../testing/table-hash.ts'
import { createTestApp, type TestApp, type TestPerson, useTestApp } from '../testing/test-app.ts'

// V13: tricks with addresses, headers and SQL.

const app = useTestApp({ env: { METRICS_TOKEN: 'the-metrics-token' } })

let belongings: Belongings
let owner: TestPerson

beforeAll(async () => {
  const furnished = await furnish(app.current)
  belongings = furnished.own
  owner = furnished.owner
})

/** Other ways to write guarded addresses, and addresses that are none. */
const tricks = [
  ...[
    '/files/..%2f',
    '/files/..%2fmetrics',
    '/files/%2e%2e/metrics',
    '/files/../metrics',
    '/files/x/../../metrics',
  ],
  ...[
    '//healthz',
    '//metrics',
    '/%2e%2e/',
    '/%2e%2e/metrics',
    '/./metrics',
    '/metrics/',
    '/metrics//',
    '/METRICS',
  ],
  ...[
    '/metrics;x=1',
    '/metrics%20',
    '/metrics%00',
    '/metrics%2f',
    '/metrics?x',
    '/metrics%3fx',
    '/%6detrics',
    '/x/../metrics',
  ],
  ...['/\\metrics', '/..\\metrics', '/..%5cmetrics', '/healthz/..;/metrics', '/healthz%2f..%2fmetrics'],
  ...[
    '/%',
    '/%zz',
    '/%c0%ae%c0%ae/metrics',
    '/%ff',
    '/files/%',
    '/trpc/%',
    '/trpc/%25',
    '/trpc/%2525',
    '/trpc/%25zz',
    '/%74rpc/%25',
  ],
  ...[
    '/trpc',
    '/trpc/',
    '/trpc//plugins.list',
    '/trpc/plugins.list/',
    '/trpc/plugins%2elist',
    '/trpc/plugins%252elist',
  ],
  ...[
    '/trpc/__proto__',
    '/trpc/constructor',
    '/trpc/toString',
    '/trpc/plugins',
    '/trpc/plugins.__proto__',
    '/trpc/.',
    '/trpc/..',
  ],
  ...[
    '/trpc/plugins.list,plugins.list',
    '/trpc/,,,,?batch=1',
    '/trpc/?batch=1',
    '/trpc/plugins.list%2Cplugins.list?batch=1',
  ],
  ...[
    '/trpc/plugins.list?input=%',
    '/trpc/plugins.list?input=%ff%fe',
    '/trpc/plugins.list?input=1&input=2',
    '/trpc/plugins.list?%00',
  ],
  ...[
    `/files/${'x'.repeat(6_000)}`,
    `/trpc/${'x'.repeat(6_000)}`,
    `/${'../'.repeat(500)}`,
    '/files/x%0d%0aSet-Cookie:%20a=b',
    '/v1/version%0d%0a',
  ],
]

describe('addresses', () => {
  test.each(tricks)('%s is no fault of ours, opens nothing guarded and repeats nothing', async (path) => {
    for (const method of ['GET', 'HEAD', 'POST']) {
      const answer = await rawRequest(app.current.url, {
        method,
        path,
        headers:
          method === 'POST'
            ? { ...app.current.headers(owner.cookie), 'content-type': 'application/json' }
            : {},
        ...(method === 'POST' ? { body: '{}' } : {}),
      })
      checkAnswer(`${method} ${path}`, {
        status: answer.status,
        body: answer.body,
        kind: null,
        message: '',
        headers: new Headers(),
      })
      expect(answer.body).not.toContain('process_cpu')
      expect(answer.body).not.toContain(path.slice(0, 60).length > 8 ? path.slice(1, 60) : '\0')
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    }
  })

  test('a procedure has one address: encoded once or twice it is another', async () => {
    for (const name of [
      'tokens%2ebalance',
      'tokens%252ebalance',
      '%74okens.balance',
      'tokens.balance%00',
      'Tokens.balance',
    ]) {
      const answer = await rawRequest(app.current.url, { path: `/trpc/${name}` })
      expect([name, answer.status]).toEqual([name, 404])
    }
  })

  test('commas name several procedures in a batch only', async () => {
    const { status, body } = await rawRequest(app.current.url, { path: '/trpc/auth.session,auth.session' })
    expect([status, body]).toEqual([404, expect.stringContaining('There is no such procedure.')])
  })
})

describe('a built web app', () => {
  let served: TestApp
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tallyforge-web-'))
    await mkdir(join(folder, 'web', 'assets'), { recursive: true })
    await writeFile(join(folder, 'web', 'index.html'), '<!doctype html><title>the app</title>')
    await writeFile(join(folder, 'web', 'assets', 'index-1.js'), 'export {}')
    await writeFile(join(folder, 'web', '.env'), 'SECRET=hidden-word')
    await writeFile(join(folder, 'secret.txt'), 'hidden-word')
    served = await createTestApp({ env: { WEB_FOLDER: join(folder, 'web') } })
  })

  afterAll(async () => {
    await served.close()
    await rm(folder, { recursive: true })
  })

  test('serves its files and pages, with the policy of every other answer', async () => {
    const page = await fetch(`${served.url}/some/page`)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('the app')])
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    const script = await fetch(`${served.url}/assets/index-1.js`)
    expect(script.headers.get('cache-control')).toContain('immutable')
    for (const path of ['/trpc', '/trpc/x/y', '/v1/nothing', '/api/x', '/files', '/auth/x?y', '/v1?x']) {
      const answer = await fetch(`${served.url}${path}`)
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        404,
        expect.stringContaining('json'),
      ])
    }
  })

  test.each([
    ...[
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/%2e%2e%2fsecret.txt',
      '/..%5csecret.txt',
      '//secret.txt',
    ],
    ...[
      '/assets/../../secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/assets/%252e%252e/%252e%252e/secret.txt',
      '/.env',
      '/%2eenv',
    ],
    ...[
      '/./.env',
      '//.env',
      '/assets/..%2f.env',
      '/..;/secret.txt',
      '/secret.txt%00.js',
      '/assets\\..\\..\\secret.txt',
    ],
  ])('%s leads to no file outside of it, and to no hidden one', async (path) => {
    const { status, body } = await rawRequest(served.url, { path })
    expect(body).not.toContain('hidden-word')
    expect(status).toBeLessThan(500)
  })
})

describe('headers', () => {
  const lines = [
    'x: a\r\nX-Injected: 1',
    'x: a\nX-Injected: 1',
    'x: a\rX-Injected: 1',
    'x: a\r\n X-Injected: 1',
    'x: a%0d%0aX-Injected: 1',
    'x: a\u0000b',
    'x: \u008d\u008aX-Injected: 1',
    'X-Injected : 1',
    ': 1',
  ]
  const names = [
    'cookie',
    'origin',
    'host',
    'referer',
    'user-agent',
    'x-request-id',
    'x-forwarded-for',
    'x-forwarded-host',
    'accept',
    'accept-encoding',
    'last-event-id',
    'trpc-accept',
    'content-type',
    'authorization',
    'sec-fetch-site',
  ]

  test('line ends in any header, raw or encoded, make no header of ours', async () => {
    for (const name of names) {
      for (const line of lines) {
        const header = line.replace(/^x/, name)
        const host = name === 'host' ? '' : 'host: localhost\r\n'
        for (const path of ['/trpc/auth.session', '/files/x', '/metrics', '/nothing%0d%0aX-Injected:1']) {
          const answer = await rawBytes(
            app.current.url,
            `GET ${path} HTTP/1.1\r\n${host}${header}\r\nconnection: close\r\n\r\n`,
          )
          const [head = ''] = answer.split('\r\n\r\n')
          expect(head.toLowerCase(), `${path} ${header}`).not.toContain('x-injected')
          expect(head, `${path} ${header}`).toMatch(/^HTTP\/1\.1 (2|4)\d\d /)
        }
      }
    }
  })

  test('a host, a request id or a proxy’s word of the client is never repeated', async () => {
    const { headers, body } = await rawRequest(app.current.url, {
      path: '/trpc/nothing',
      headers: {
        host: 'evil.example',
        'x-request-id': 'evil-id',
        'x-forwarded-host': 'evil.example',
        forwarded: 'host=evil',
      },
    })
    expect(JSON.stringify(headers) + body).not.toContain('evil')
  })

  test.each(['', 'x y', 'a:b:c', '[::1', 'localhost:99999', 'http://x', '\u00ff'])(
    'the host %j is no fault of ours',
    async (host) => {
      const answer = await rawBytes(
        app.current.url,
        `GET /trpc/auth.session HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
      )
      expect(answer).toMatch(/^HTTP\/1\.1 (200|400) /)
    },
  )

  test.each(['\\metrics', '*', 'metrics', 'http://[', 'ftp://x/metrics', ''])(
    'the target %j is refused or leads nowhere',
    async (target) => {
      const answer = await rawBytes(
        app.current.url,
        `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
      )
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
      expect(answer).toContain('"error":{"kind"')
    },
  )

  test('a cookie that cannot be decoded shuts nobody out, be it ours or another’s', async () => {
    const session = (cookie: string) =>
      rawRequest(app.current.url, { path: '/trpc/auth.session', headers: { cookie } })
    for (const cookie of [
      'sid=%',
      'sid=%ff',
      'sid',
      'sid=',
      '=',
      ';;;',
      'sid=a; sid=b',
      `sid="${'x'.repeat(40)}"`,
    ]) {
      expect([cookie, (await session(cookie)).body]).toEqual([cookie, '{"result":{"data":{"json":null}}}'])
    }
    expect((await session(`other=%; ${owner.cookie}; more=%zz`)).body).toContain(owner.email)
  })
})

describe('SQL in every text', () => {
  const injections = [
    `' or '1'='1`,
    `'; drop table app.plugins cascade; --`,
    `' union select email, password_hash from auth.users --`,
    `\\'; select pg_sleep(5); --`,
    `$$; select pg_sleep(5); $$`,
    `%' or 1=1 --`,
    `1; set app.org_id = ''; --`,
    `') or true --`,
    `\u02bc or 1=1 --`,
  ]

  test.each(allProcedures())('$name', async (procedure) => {
    const valid = validInput(procedure.name, belongings)
    if (valid === undefined) return
    const texts = [
      ...Object.entries(valid).flatMap(([key, value]) => (typeof value === 'string' ? [key] : [])),
      'cursor',
      'search',
      'lastEventId',
    ]
    const cookie = await cookieFor(app.current, procedure, owner)
    for (const field of texts) {
      for (const text of injections) {
        for (const value of [text, `${String(valid[field] ?? '')}${text}`]) {
          const answer = await callProcedure(app.current, procedure, {
            input: { ...validInput(procedure.name, belongings), [field]: value },
            cookie,
          })
          checkAnswer(`${procedure.name}.${field} = ${value}`, answer)
          expect(answer.body).not.toContain('argon2')
        }
      }
    }
  })

  test('what is searched for is taken literally', async () => {
    const { client, orgId } = owner
    const search = async (words: string) =>
      (await client.plugins.list.query({ orgId, search: words })).items.length
    const { items } = await client.plugins.list.query({ orgId })
    expect(items.length).toBeGreaterThan(0)
    for (const text of [...injections, '%', '_', '\\', '%%', '\\%'])
      expect([text, await search(text)]).toEqual([text, expect.any(Number)])
    for (const text of ['%zz', `' or '1'='1' --zz`, '__________zz']) expect(await search(text)).toBe(0)
  })

  test('in the credentials of the metrics and in cookies it opens nothing', async () => {
    const before = await hashOfTables(app.current.database)
    for (const text of injections.filter((each) => /^[ -~]*$/.test(each))) {
      const metrics = await rawRequest(app.current.url, {
        path: '/metrics',
        headers: { authorization: `Bearer ${text}` },
      })
      expect(metrics.status).toBe(403)
      const session = await rawRequest(app.current.url, {
        path: '/trpc/auth.session',
        headers: { cookie: `sid=${text}` },
      })
      expect([session.status, session.body]).toEqual([200, '{"result":{"data":{"json":null}}}'])
    }
    expect(await hashOfTables(app.current.database)).toBe(before)
  })
})
