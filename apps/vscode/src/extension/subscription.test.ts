import type { ReadableError } from '@tallyforge/client/errors'
import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { follow } from './subscription.ts'

type Options = {
  onData: (value: unknown) => void
  onConnectionStateChange: (state: { state: string; error: unknown }) => void
  onComplete: () => void
  onError: (error: unknown) => void
}

function setUp() {
  const opened: { input: unknown; options: Options; isOpen: boolean }[] = []
  const events: [string | null, unknown][] = []
  const states: string[] = []
  const refusals: ReadableError[] = []
  const pauses: number[] = []
  const stop = follow({
    client: () => ({
      subscription: (_path, input, options) => {
        const stream = { input, options: options as unknown as Options, isOpen: true }
        opened.push(stream)
        return {
          unsubscribe: () => {
            stream.isOpen = false
          },
        }
      },
    }),
    path: 'plugins.watch',
    input: { orgId: 'org_1' },
    onEvent: (id, data) => events.push([id, data]),
    onConnection: (state) => states.push(state),
    onRefused: (error) => refusals.push(error),
    pause: async (milliseconds) => {
      pauses.push(milliseconds)
    },
  })
  const stream = (index: number) => {
    const found = opened[index]
    if (found === undefined) throw new Error(`stream ${index} was not opened`)
    return found
  }
  return { opened, stream, events, states, refusals, pauses, stop }
}

/** How a stream fails whose start the server answered with a status. */
const refusedWith = (code: number) =>
  TRPCClientError.from(Object.assign(new Error(`Non-200 status code (${code})`), { code }))

test('a stream that breaks is opened again from its last event on', async () => {
  const { opened, stream, events, states } = setUp()
  stream(0).options.onConnectionStateChange({ state: 'connecting', error: null })
  stream(0).options.onConnectionStateChange({ state: 'pending', error: null })
  stream(0).options.onData({ id: 'gen_1:4', data: 'four' })
  stream(0).options.onError(refusedWith(503))
  await expect.poll(() => opened).toHaveLength(2)
  expect(stream(0).isOpen).toBe(false)
  expect(stream(1).input).toEqual({ orgId: 'org_1', lastEventId: 'gen_1:4' })
  stream(1).options.onConnectionStateChange({ state: 'pending', error: null })
  stream(1).options.onData({ id: 'gen_1:5', data: 'five' })
  expect(events).toEqual([
    ['gen_1:4', 'four'],
    ['gen_1:5', 'five'],
  ])
  expect(states).toEqual(['connecting', 'live', 'offline', 'live'])
})

test('the pauses grow while nothing answers, and begin anew after something did', async () => {
  const { opened, stream, pauses } = setUp()
  for (let turn = 0; turn < 3; turn++) {
    stream(turn).options.onError(new TRPCClientError('fetch failed'))
    await expect.poll(() => opened).toHaveLength(turn + 2)
  }
  stream(3).options.onConnectionStateChange({ state: 'pending', error: null })
  stream(3).options.onComplete()
  await expect.poll(() => opened).toHaveLength(5)
  expect(pauses).toEqual([1_000, 2_000, 4_000, 1_000])
})

test.each([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not_found'],
] as const)('a start that is refused with %d is not tried again', async (status, kind) => {
  const { opened, stream, refusals } = setUp()
  stream(0).options.onError(refusedWith(status))
  expect(refusals).toMatchObject([{ kind }])
  expect(opened).toHaveLength(1)
})

test('after stop nothing is heard and nothing is opened', async () => {
  const { opened, stream, events, stop } = setUp()
  stop()
  expect(stream(0).isOpen).toBe(false)
  stream(0).options.onData({ id: '1', data: 'late' })
  stream(0).options.onError(refusedWith(503))
  await Promise.resolve()
  expect({ events, count: opened.length }).toEqual({ events: [], count: 1 })
})

test('a stream is opened again at the server where it began', async () => {
  const opened: string[] = []
  const fails: ((error: unknown) => void)[] = []
  const at = (name: string) => ({
    subscription: (_path: string, _input: unknown, { onError }: { onError?: (error: never) => void }) => {
      opened.push(name)
      fails.push((error) => onError?.(error as never))
      return { unsubscribe: () => undefined }
    },
  })
  let set = at('one')
  const stop = follow({
    client: () => set,
    path: 'plugins.watch',
    input: {},
    onEvent: () => undefined,
    onConnection: () => undefined,
    onRefused: () => undefined,
    pause: async () => undefined,
  })
  set = at('other')
  fails[0]?.(refusedWith(503))
  await expect.poll(() => opened).toEqual(['one', 'one'])
  stop()
})
