import { DomainError } from '@tallyforge/core/errors'
import superjson from 'superjson'
import { expect, test } from 'vitest'
import { allowed, type HostMessage, type HostState } from '../bridge/protocol.ts'
import { type ApiCalls, createBridge } from './bridge.ts'
import type { Run } from './runs.ts'
import { createStore } from './store.ts'

const hostState: HostState = {
  server: { url: 'https://tallyforge.example', check: { status: 'compatible', serverVersion: '0.1.0' } },
  session: { status: 'signed-out', reason: null },
  isTrusted: true,
  folders: [],
  installed: {},
}

function setUp(answer: (path: string, input: unknown) => unknown = () => null) {
  const posted: HostMessage[] = []
  const asked: string[] = []
  const runs: Run[] = []
  const acts: unknown[] = []
  const streams: { path: string; input: unknown; isOpen: boolean; send: (value: unknown) => void }[] = []
  const ask = async (path: string, input: unknown) => {
    asked.push(path)
    return answer(path, input)
  }
  const calls: ApiCalls = {
    query: ask,
    mutation: ask,
    subscription: (path, input, { onData }) => {
      const stream = { path, input, isOpen: true, send: (value: unknown) => onData?.(value as never) }
      streams.push(stream)
      return {
        unsubscribe: () => {
          stream.isOpen = false
        },
      }
    },
  }
  const host = createStore(hostState)
  const bridge = createBridge({
    post: (message) => posted.push(message),
    origin: () => hostState.server.url,
    client: () => calls,
    act: async (act) => {
      acts.push(act)
    },
    host,
    generated: (run) => runs.push(run),
    failed: () => undefined,
  })
  return { bridge, posted, asked, runs, acts, streams, host }
}

const call = (path: string, type: 'query' | 'mutation' = 'query', input: unknown = {}) => ({
  kind: 'call',
  id: 1,
  type,
  path,
  input: superjson.serialize(input),
})

test('a listed call passes, and its answer keeps dates and amounts', async () => {
  const { bridge, posted, asked } = setUp(() => ({ at: new Date(0), amount: 5n }))
  bridge.receive(call('tokens.balance'))
  await expect.poll(() => posted).toHaveLength(1)
  const [message] = posted
  expect(asked).toEqual(['tokens.balance'])
  expect(message?.kind === 'result' && superjson.deserialize(message.data)).toEqual({
    at: new Date(0),
    amount: 5n,
  })
})

test.each([
  ['query', 'auth.sessions'],
  ['mutation', 'auth.signOut'],
  ['mutation', 'auth.device.approve'],
  ['mutation', 'auth.changePassword'],
  ['mutation', 'plugins.download'],
  ['mutation', 'plugins.save'],
  ['query', 'plugins.generate'],
  ['mutation', 'plugins.list'],
  ['query', 'plugins.watch'],
  ['query', ''],
  ['query', '__proto__'],
  ['query', 'plugins.list,auth.sessions'],
] as const)('a %s of %j is refused before anything is asked', async (type, path) => {
  const { bridge, posted, asked } = setUp()
  bridge.receive(call(path, type))
  await expect.poll(() => posted).toHaveLength(1)
  expect(posted[0]).toMatchObject({ kind: 'failure', error: { kind: 'forbidden' } })
  expect(asked).toEqual([])
})

test('a subscription that is not listed is refused', () => {
  const { bridge, posted, streams } = setUp()
  bridge.receive({ kind: 'subscribe', id: 3, path: 'plugins.list', input: superjson.serialize({}) })
  expect(posted[0]).toMatchObject({ kind: 'failure', id: 3, error: { kind: 'forbidden' } })
  expect(streams).toEqual([])
})

test('no way in or out is listed', () => {
  expect(allowed.mutation.filter((path) => path.startsWith('auth.'))).toEqual([])
})

test('a stream passes its events with their places until it is stopped', () => {
  const { bridge, posted, streams } = setUp()
  const input = superjson.serialize({ orgId: 'org_1' })
  bridge.receive({ kind: 'subscribe', id: 7, path: 'plugins.watch', input })
  streams[0]?.send({ id: 'gen_1:4', data: { type: 'plugin', pluginId: 'plg_1' } })
  expect(posted).toEqual([
    {
      kind: 'event',
      id: 7,
      eventId: 'gen_1:4',
      data: superjson.serialize({ type: 'plugin', pluginId: 'plg_1' }),
    },
  ])
  bridge.receive({ kind: 'stop', id: 7 })
  expect(streams[0]?.isOpen).toBe(false)
})

test('a page that was loaded anew gets the host’s state, and the streams of the one before end', () => {
  const { bridge, posted, streams, host } = setUp()
  bridge.receive({ kind: 'subscribe', id: 7, path: 'plugins.watch', input: superjson.serialize({}) })
  bridge.receive({ kind: 'ready' })
  expect(streams[0]?.isOpen).toBe(false)
  expect(posted).toEqual([{ kind: 'host', host: hostState }])
  host.set({ ...hostState, isTrusted: false })
  expect(posted.at(-1)).toEqual({ kind: 'host', host: { ...hostState, isTrusted: false } })
})

test('a failure crosses as people read it', async () => {
  const { bridge, posted } = setUp(() => {
    throw new DomainError('insufficient_tokens', 'Add 120 tokens.', { details: { missing: '120' } })
  })
  bridge.receive(call('plugins.quote'))
  await expect.poll(() => posted).toHaveLength(1)
  expect(posted[0]).toMatchObject({
    kind: 'failure',
    error: { kind: 'insufficient_tokens', message: 'Add 120 tokens.', details: { missing: '120' } },
  })
})

test('a generation that the panel begins is followed by the window', async () => {
  const { bridge, runs } = setUp(() => ({ id: 'gen_1', pluginId: 'plg_1' }))
  bridge.receive(call('plugins.generate', 'mutation', { orgId: 'org_1' }))
  await expect
    .poll(() => runs)
    .toEqual([{ origin: hostState.server.url, generationId: 'gen_1', pluginId: 'plg_1', orgId: 'org_1' }])
})

test.each([
  null,
  'ready',
  { kind: 'act', id: 1, act: { name: 'deleteEverything' } },
  { kind: 'act', id: 1, act: { name: 'install', pluginId: 'plg_1' } },
  { kind: 'act', id: -1, act: { name: 'showLog' } },
  { kind: 'call', id: 1, type: 'query', path: 'plugins.list', input: null },
])('%j is no message, and does nothing', (message) => {
  const { bridge, posted, asked, acts } = setUp()
  bridge.receive(message)
  expect({ posted, asked, acts }).toEqual({ posted: [], asked: [], acts: [] })
})

test('an act is done and answered', async () => {
  const { bridge, posted, acts } = setUp()
  bridge.receive({ kind: 'act', id: 4, act: { name: 'copy', text: 'BCDF-GHJK' } })
  await expect.poll(() => posted).toHaveLength(1)
  expect(acts).toEqual([{ name: 'copy', text: 'BCDF-GHJK' }])
  expect(posted[0]).toMatchObject({ kind: 'result', id: 4 })
})

test('the panel shows the plugin whose stream it has open', () => {
  const { bridge } = setUp()
  const watch = (id: number, input: object) =>
    bridge.receive({ kind: 'subscribe', id, path: 'plugins.watch', input: superjson.serialize(input) })
  watch(7, { orgId: 'org_1', pluginId: null })
  expect(bridge.shownPlugin()).toBeNull()
  bridge.receive({ kind: 'stop', id: 7 })
  watch(8, { orgId: 'org_1', pluginId: 'plg_1' })
  expect(bridge.shownPlugin()).toBe('plg_1')
  bridge.receive({ kind: 'ready' })
  expect(bridge.shownPlugin()).toBeNull()
})

test('an answer of the server before never reaches the panel, and what was begun there is followed', async () => {
  const asked = Promise.withResolvers()
  const { bridge, posted, runs, host } = setUp(() => asked.promise)
  bridge.receive(call('plugins.generate', 'mutation', { orgId: 'org_1' }))
  host.set({ ...hostState, server: { ...hostState.server, url: 'https://other.example' } })
  asked.resolve({ id: 'gen_1', pluginId: 'plg_1' })
  await expect.poll(() => runs).toHaveLength(1)
  expect(posted.map(({ kind }) => kind)).toEqual(['failure', 'host'])
})

test('a stream of the server before ends when the setting names another one', async () => {
  const { bridge, posted, streams, host } = setUp()
  bridge.receive({ kind: 'subscribe', id: 7, path: 'plugins.watch', input: superjson.serialize({}) })
  host.set({ ...hostState, isTrusted: false })
  expect(streams[0]?.isOpen).toBe(true)
  const next = { ...hostState, server: { ...hostState.server, url: 'https://other.example' } }
  host.set(next)
  expect(streams[0]?.isOpen).toBe(false)
  expect(posted.slice(1)).toMatchObject([
    { kind: 'failure', id: 7, error: { kind: 'conflict' } },
    { kind: 'host', host: next },
  ])
})
