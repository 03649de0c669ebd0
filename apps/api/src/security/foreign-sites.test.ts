import { beforeAll, describe, expect, test } from 'vitest'
import { rawRequest } from '../testing/raw-http.ts'
import { allProcedures, type Belongings, furnish, validInput, wire } from '../testing/surface.ts'
import { hashOfTables } from '../testing/table-hash.ts'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'

// V13: what another site can make a signed-in browser send does nothing, on any procedure.

const app = useTestApp()
const own = 'http://localhost:5173'

let belongings: Belongings
let owner: TestPerson

beforeAll(async () => {
  const furnished = await furnish(app.current)
  belongings = furnished.own
  owner = furnished.owner
})

const json = { 'content-type': 'application/json' }

/** Every way in which a browser marks a request of another site, or of nobody known. */
const foreignHeaders: Record<string, Record<string, string | string[]>> = {
  'no origin': json,
  'an empty origin': { ...json, origin: '' },
  'origin null': { ...json, origin: 'null' },
  'a foreign origin': { ...json, origin: 'https://evil.example' },
  'our host on another port': { ...json, origin: 'http://localhost:5174' },
  'our host with https': { ...json, origin: 'https://localhost:5173' },
  'our origin with a slash': { ...json, origin: `${own}/` },
  'our origin in capitals': { ...json, origin: own.toUpperCase() },
  'our origin as a prefix': { ...json, origin: `${own}.evil.example` },
  'our origin as a user name': { ...json, origin: 'http://localhost:5173@evil.example' },
  'two origins': { ...json, origin: `${own}, https://evil.example` },
  'only our referer': { ...json, referer: `${own}/` },
  'cross-site with our origin': { ...json, origin: own, 'sec-fetch-site': 'cross-site' },
  'same-site with our origin': { ...json, origin: own, 'sec-fetch-site': 'same-site' },
  'a navigation with our origin': { ...json, origin: own, 'sec-fetch-site': 'none' },
  'an empty Sec-Fetch-Site': { ...json, origin: own, 'sec-fetch-site': '' },
  'Sec-Fetch-Site in capitals': { ...json, origin: own, 'sec-fetch-site': 'SAME-ORIGIN' },
  'two Sec-Fetch-Site': { ...json, origin: own, 'sec-fetch-site': ['same-origin', 'cross-site'] },
  'an unknown Sec-Fetch-Site': { ...json, origin: own, 'sec-fetch-site': 'x' },
  'a made-up override': { ...json, 'x-http-method-override': 'GET', 'x-requested-with': 'XMLHttpRequest' },
}

/** The bodies a form, a beacon or a `no-cors` fetch can send, even with our own origin. */
const formHeaders: Record<string, Record<string, string>> = {
  'text/plain': { 'content-type': 'text/plain' },
  'text/plain that looks like JSON': { 'content-type': 'text/plain; application/json' },
  urlencoded: { 'content-type': 'application/x-www-form-urlencoded' },
  multipart: { 'content-type': 'multipart/form-data; boundary=application/json' },
  'octet stream': { 'content-type': 'application/octet-stream' },
  'no type': {},
  'an empty type': { 'content-type': '' },
  'JSON as a parameter': { 'content-type': 'x/y;application/json' },
  'a type that begins like JSON': { 'content-type': 'application/jsonx' },
  'JSON after a comma': { 'content-type': 'text/plain, application/json' },
  'a beacon’s JSON': { 'content-type': 'application/json-patch+json' },
  'event stream': { 'content-type': 'text/event-stream' },
}

describe.each(allProcedures())('$name', ({ name, type }) => {
  const send = (headers: Record<string, string | string[]>, method = 'POST', query = '') =>
    rawRequest(app.current.url, {
      method,
      path: `/trpc/${name}${query}`,
      headers: { cookie: owner.cookie, ...headers },
      body: JSON.stringify(wire(validInput(name, belongings))),
    })

  test('POSTed by another site is refused, in every form, and does nothing', async () => {
    const before = await hashOfTables(app.current.database)
    for (const [about, headers] of Object.entries(foreignHeaders)) {
      const answer = await send(headers)
      expect([about, answer.status]).toEqual([about, 403])
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    }
    for (const [about, headers] of Object.entries(formHeaders)) {
      const ours = await send({ ...headers, origin: own })
      expect([about, ours.status], ours.body).toEqual([about, 400])
      const theirs = await send({
        ...headers,
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
      })
      expect([about, theirs.status]).toEqual([about, 403])
    }
    expect(await hashOfTables(app.current.database)).toBe(before)
  })

  test('a mutation is no link: GET, HEAD and overrides do nothing', async () => {
    if (type !== 'mutation') return
    const before = await hashOfTables(app.current.database)
    const input = encodeURIComponent(JSON.stringify(wire(validInput(name, belongings))))
    for (const query of [
      `?input=${input}`,
      `?input=${input}&methodOverride=POST`,
      `?input=${input}&_method=POST`,
      `?batch=1&input=${encodeURIComponent(`{"0":${decodeURIComponent(input)}}`)}`,
    ]) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await rawRequest(app.current.url, {
          method,
          path: `/trpc/${name}${query}`,
          headers: { cookie: owner.cookie, 'x-http-method-override': 'POST', 'x-method-override': 'POST' },
        })
        expect([method, answer.status], answer.body).toEqual([method, method === 'HEAD' ? 204 : 405])
      }
    }
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await send({ ...json, origin: own }, method)
      expect(answer.status, method).toBeGreaterThanOrEqual(400)
      expect(answer.status, method).toBeLessThan(500)
    }
    expect(await hashOfTables(app.current.database)).toBe(before)
    expect(await app.current.client(owner.cookie).auth.session.query()).not.toBeNull()
  })
})

test('a preflight of another site is answered without any permission', async () => {
  for (const path of ['/trpc/plugins.rename', '/files/x', '/healthz', '/nothing']) {
    const { status, headers } = await rawRequest(app.current.url, {
      method: 'OPTIONS',
      path,
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    expect(status).toBeGreaterThanOrEqual(400)
    for (const name of Object.keys(headers)) expect(name).not.toMatch(/^access-control-/)
  }
})
