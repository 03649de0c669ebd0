import type { AppRouter } from '@tallyforge/client/client'
import { type ReadableError, readError } from '@tallyforge/client/errors'
import { createTRPCClient } from '@trpc/client'
import superjson from 'superjson'
import { expect, test } from 'vitest'
import { createBridge } from './bridge.ts'
import { bridgeLink } from './link.ts'
import { fakePort } from './testing.ts'

function connect() {
  const fake = fakePort()
  const bridge = createBridge(fake.port)
  bridge.start()
  const client = createTRPCClient<AppRouter>({ links: [bridgeLink(bridge)] })
  return { ...fake, client, asked: () => fake.sent.filter(({ kind }) => kind !== 'ready') }
}

const orgId = 'org_1'
const balance = { balance: 12_500_000n, held: 0n, available: 12_500_000n, spentThisMonth: 0n }

test('each call has an id of its own, and gets its own answer in whatever order they come', async () => {
  const { client, say, asked } = connect()
  const first = client.tokens.balance.query({ orgId })
  const second = client.plugins.byId.query({ orgId, pluginId: 'plg_1' })
  const [one, two] = asked()
  if (one?.kind !== 'call' || two?.kind !== 'call') throw new Error('two calls are expected')
  expect(one).toMatchObject({ type: 'query', path: 'tokens.balance' })
  expect(superjson.deserialize(two.input)).toEqual({ orgId, pluginId: 'plg_1' })
  expect(one.id).not.toBe(two.id)
  const createdAt = new Date('2026-11-21T12:00:00Z')
  say({ kind: 'result', id: two.id, data: superjson.serialize({ title: 'Sort', createdAt }) })
  say({ kind: 'result', id: one.id, data: superjson.serialize(balance) })
  await expect(first).resolves.toEqual(balance)
  await expect(second).resolves.toEqual({ title: 'Sort', createdAt })
})

test('amounts and dates cross in both directions', async () => {
  const { client, say, lastId, asked } = connect()
  void client.plugins.generate.mutate({
    orgId,
    operationId: '9f4b5c50-1c9e-4a36-8b0e-000000000000',
    prompt: 'Sort',
    model: 'm',
    cap: 5_000_000n,
  })
  const [call] = asked()
  if (call?.kind !== 'call') throw new Error('a call is expected')
  expect(call.type).toBe('mutation')
  expect(superjson.deserialize(call.input)).toMatchObject({ cap: 5_000_000n })
  say({ kind: 'result', id: lastId(), data: superjson.serialize({}) })
})

test('a call that is given up is stopped at the host, and a late answer is nobody’s', async () => {
  const { client, say, lastId, asked } = connect()
  const controller = new AbortController()
  const call = client.tokens.balance.query({ orgId }, { signal: controller.signal })
  const id = lastId()
  controller.abort()
  await expect(call).rejects.toThrow()
  expect(asked()).toContainEqual({ kind: 'stop', id })
  say({ kind: 'result', id, data: superjson.serialize(balance) })
  expect(asked().filter(({ kind }) => kind === 'stop')).toHaveLength(1)
})

const failures: ReadableError[] = [
  {
    kind: 'insufficient_tokens',
    message: 'Add 120 tokens.',
    details: { missing: '120' },
    fields: {},
    requestId: 'req_1',
    retryAfterSeconds: null,
  },
  {
    kind: 'invalid_input',
    message: 'Check the fields.',
    details: {},
    fields: { prompt: 'Shorten the text.' },
    requestId: null,
    retryAfterSeconds: null,
  },
  {
    kind: 'too_many_requests',
    message: 'Wait a moment.',
    details: {},
    fields: {},
    requestId: null,
    retryAfterSeconds: 7,
  },
  {
    kind: 'offline',
    message: 'The server does not answer. Check your connection; we keep trying.',
    details: {},
    fields: {},
    requestId: null,
    retryAfterSeconds: null,
  },
]

test.each(failures)('an error of the host is read as the same error ($kind)', async (failure) => {
  const { client, say, lastId } = connect()
  const call = client.tokens.balance.query({ orgId })
  say({ kind: 'failure', id: lastId(), error: failure })
  const error = await call.catch((caught: unknown) => caught)
  expect(readError(error)).toEqual(failure)
})

function watch({ client }: ReturnType<typeof connect>) {
  const seen: unknown[] = []
  const states: string[] = []
  const subscription = client.plugins.watch.subscribe(
    { orgId, pluginId: null },
    {
      onData: (tracked) => seen.push(tracked),
      onConnectionStateChange: ({ state }) => states.push(state),
      onError: (error) => seen.push(readError(error).kind),
    },
  )
  return { seen, states, subscription }
}

test('a subscription goes on when its host has connected anew, without a gap or a repetition of its own', () => {
  const connected = connect()
  const { say, lastId, asked } = connected
  const { seen, states } = watch(connected)
  const id = lastId()
  const event = (eventId: string) =>
    say({ kind: 'event', id, eventId, data: superjson.serialize({ type: 'balance', balance }) })
  say({ kind: 'connection', id, state: 'live' })
  event('1')
  say({ kind: 'connection', id, state: 'offline' })
  say({ kind: 'connection', id, state: 'connecting' })
  say({ kind: 'connection', id, state: 'live' })
  event('2')
  expect(seen).toEqual([
    { id: '1', data: { type: 'balance', balance } },
    { id: '2', data: { type: 'balance', balance } },
  ])
  expect(states).toEqual(['connecting', 'pending', 'connecting', 'connecting', 'pending'])
  // The host resumes: the panel asked once.
  expect(asked()).toHaveLength(1)
})

test('a subscription that is left is stopped, and hears nothing more', () => {
  const connected = connect()
  const { say, lastId, asked } = connected
  const { seen, subscription } = watch(connected)
  const id = lastId()
  subscription.unsubscribe()
  expect(asked()).toContainEqual({ kind: 'stop', id })
  say({ kind: 'event', id, eventId: '1', data: superjson.serialize({ type: 'balance', balance }) })
  expect(seen).toEqual([])
})

test('a subscription that the server refuses ends with the reason', () => {
  const connected = connect()
  const { say, lastId } = connected
  const { seen } = watch(connected)
  const [, invalid] = failures
  if (invalid) say({ kind: 'failure', id: lastId(), error: { ...invalid, kind: 'forbidden' } })
  expect(seen).toEqual(['forbidden'])
})
