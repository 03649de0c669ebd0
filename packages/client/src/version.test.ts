import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { checkServer } from './version.ts'

/** A server that answers one body to everything. */
async function serve(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(status).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const about = (version: string, oldestClient?: string) =>
  JSON.stringify({ name: 'tallyforge', version, node: 'v24.0.0', ...(oldestClient ? { oldestClient } : {}) })

test.each([
  { name: 'the same release', answer: about('0.1.0', '0.1.0'), kind: 'compatible' },
  { name: 'a newer server that still knows us', answer: about('3.10.0', '0.1.0'), kind: 'compatible' },
  { name: 'a server from before it said what it needs', answer: about('0.1.0'), kind: 'compatible' },
  { name: 'a newer server that left us behind', answer: about('3.0.0', '2.9.0'), kind: 'client-too-old' },
  { name: 'a server older than we understand', answer: about('0.0.9', '0.0.1'), kind: 'server-too-old' },
  { name: 'another service', answer: '{"name":"other","version":"1.0.0"}', kind: 'not-tallyforge' },
  { name: 'a page', answer: '<!doctype html>', kind: 'not-tallyforge' },
  { name: 'a version that is none', answer: about('latest'), kind: 'not-tallyforge' },
])('$name: $kind', async ({ answer, kind }) => {
  expect((await checkServer(await serve(200, answer), { version: '0.1.0' })).kind).toBe(kind)
})

test('numbers are compared as numbers', async () => {
  const url = await serve(200, about('0.10.0', '0.9.0'))
  expect((await checkServer(url, { version: '0.10.0' })).kind).toBe('compatible')
})

test('a server that is being restarted is unreachable, not foreign', async () => {
  expect((await checkServer(await serve(503, '{"status":"unavailable"}'))).kind).toBe('unreachable')
})

test('nobody at the address', async () => {
  expect(await checkServer('http://127.0.0.1:1')).toEqual({
    kind: 'unreachable',
    message: expect.stringContaining('127.0.0.1:1'),
  })
})

test('an address that is none', async () => {
  expect((await checkServer('not an address')).kind).toBe('not-tallyforge')
})
