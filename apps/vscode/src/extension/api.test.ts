import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readServerUrl } from '@tallyforge/client/server-url'
import { afterEach, expect, test } from 'vitest'
import { createApi } from './api.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A server that keeps what it was sent as proof of a session, and answers every stream's beginning and nothing else. */
async function startServer() {
  const proofs: (string | undefined)[] = []
  const server = createServer((request, response) => {
    proofs.push(request.headers.authorization)
    // Closed at once: it is asked again soon.
    if (request.url?.includes('plugins.watch')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end('retry: 1\nevent: connected\ndata: {}\n\n')
    } else response.writeHead(503).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, proofs }
}

async function setUp() {
  const [one, other] = await Promise.all([startServer(), startServer()])
  const setting = { text: one.origin }
  const api = createApi({
    serverUrl: () => readServerUrl(setting.text),
    token: async (origin) => `token of ${origin}`,
    refused: () => undefined,
  })
  return { api, setting, one, other }
}

test('a call that is sent when the setting already names another server keeps its own token', async () => {
  const { api, setting, one, other } = await setUp()
  const asked = api.client().auth.session.query()
  setting.text = other.origin
  await expect(asked).rejects.toThrow()
  expect(one.proofs).toEqual([`Bearer token of ${one.origin}`])

  await expect(api.client().auth.session.query()).rejects.toThrow()
  expect(other.proofs).toEqual([`Bearer token of ${other.origin}`])
})

test('a stream that connects again after the setting has changed keeps its own token', async () => {
  const { api, setting, one, other } = await setUp()
  const stream = api.untyped().subscription('plugins.watch', { orgId: 'org_1', pluginId: null }, {})
  await expect.poll(() => one.proofs.length, { timeout: 20_000 }).toBeGreaterThan(0)
  setting.text = other.origin
  const before = one.proofs.length
  await expect.poll(() => one.proofs.length, { timeout: 20_000 }).toBeGreaterThan(before + 1)
  stream.unsubscribe()
  expect(new Set(one.proofs)).toEqual(new Set([`Bearer token of ${one.origin}`]))
  expect(other.proofs).toEqual([])
})

test('a signed link is followed at the server that gave it', async () => {
  const { api, setting, one, other } = await setUp()
  setting.text = other.origin
  await expect(api.download(one.origin, '/files/1')).rejects.toThrow('did not deliver')
  expect(one.proofs).toEqual([undefined])
  await expect(api.download(one.origin, `${other.origin}/files/1`)).rejects.toThrow('another host')
  expect(other.proofs).toEqual([])
})
