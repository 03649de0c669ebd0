import superjson from 'superjson'
import { expect, test } from 'vitest'
import type { HostState, Route } from '../bridge/protocol.ts'
import { createBridge } from './bridge.ts'
import { fakePort } from './testing.ts'

const host: HostState = {
  server: { url: 'http://localhost', check: { status: 'checking' } },
  session: { status: 'signed-out', reason: null },
  isTrusted: true,
  folders: [],
  installed: {},
}

test('it asks for the host’s state, and tells whoever looks at it', () => {
  const { port, sent, say } = fakePort()
  const bridge = createBridge(port)
  bridge.start()
  expect(sent).toEqual([{ kind: 'ready' }])
  expect(bridge.host()).toBeNull()
  let told = 0
  const stop = bridge.onHost(() => told++)
  say({ kind: 'host', host })
  expect(bridge.host()).toEqual(host)
  stop()
  say({ kind: 'host', host: { ...host, isTrusted: false } })
  expect(told).toBe(1)
})

test('it leads where the host says', () => {
  const { port, say } = fakePort()
  const bridge = createBridge(port)
  bridge.start()
  const seen: Route[] = []
  bridge.onGo((to) => seen.push(to))
  say({ kind: 'go', to: { name: 'tokens' } })
  expect(seen).toEqual([{ name: 'tokens' }])
})

test('an act ends with the host’s answer, or with the reason why not', async () => {
  const { port, say, lastId } = fakePort()
  const bridge = createBridge(port)
  bridge.start()
  const done = bridge.act({ name: 'showLog' })
  say({ kind: 'result', id: lastId(), data: superjson.serialize(undefined) })
  await expect(done).resolves.toBeUndefined()
  const refused = bridge.act({ name: 'apply', pluginId: 'plg_1', versionId: 'ver_1' })
  say({
    kind: 'failure',
    id: lastId(),
    error: {
      kind: 'conflict',
      message: 'Open a folder first.',
      details: {},
      fields: {},
      requestId: null,
      retryAfterSeconds: null,
    },
  })
  await expect(refused).rejects.toThrow('Open a folder first.')
})

test('a panel that was loaded again takes no answer to what it asked before', () => {
  const { port, sent, say } = fakePort()
  const before = createBridge(port, 1_000)
  before.call({ type: 'query', path: 'tokens.balance', input: {} }, { result: () => 0, failure: () => 0 })
  const [asked] = sent
  const after = createBridge(port, 2_000)
  after.start()
  const answers: unknown[] = []
  after.call(
    { type: 'query', path: 'plugins.list', input: {} },
    { result: (data) => answers.push(data), failure: (error) => answers.push(error) },
  )
  say({ kind: 'result', id: asked && 'id' in asked ? asked.id : 0, data: superjson.serialize('late') })
  expect(answers).toEqual([])
})
