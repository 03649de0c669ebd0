import type { Generation } from '@tallyforge/client/outputs'
import type { GenerationState } from '@tallyforge/core/plugins/states'
import { expect, test } from 'vitest'
import { createRuns, type Run } from './runs.ts'

const here = 'https://tallyforge.example'
const run: Run = { origin: here, generationId: 'gen_1', pluginId: 'plg_1', orgId: 'org_1' }
const balance = { balance: 0n, held: 0n, available: 0n, spentThisMonth: 0n }

/** Only what a run looks at. */
const generation = (state: GenerationState) => ({ id: 'gen_1', pluginId: 'plg_1', state }) as Generation
const snapshot = (...running: Generation[]) => ({ type: 'snapshot', balance, running, plugin: null }) as const
const told = (state: GenerationState) =>
  ({ type: 'generation', generationId: 'gen_1', pluginId: 'plg_1', state }) as const

function setUp(remembered: Run[] = [], origin: string | null = here) {
  let kept = remembered
  let stored: Generation | null | 'unknown' = 'unknown'
  const notices: string[] = []
  const ended: GenerationState[] = []
  const runs = createRuns({
    remembered: () => kept,
    remember: (all) => {
      kept = all
    },
    read: async () => stored,
    show: () => {
      notices.push('shown')
      return { update: (state) => notices.push(state), close: () => notices.push('closed') }
    },
    ended: (_, { state }) => ended.push(state),
  })
  runs.enter(origin)
  return {
    runs,
    notices,
    ended,
    kept: () => kept,
    store: (next: Generation | null | 'unknown') => {
      stored = next
    },
  }
}

test('a run is shown with its states until it ends, and its end is told once', async () => {
  const { runs, notices, ended, kept, store } = setUp()
  runs.begin(run)
  runs.receive(told('running'))
  runs.receive(told('validating'))
  expect(kept()).toEqual([run])
  store(generation('succeeded'))
  runs.receive(told('succeeded'))
  runs.receive(told('succeeded'))
  await expect.poll(() => ended).toEqual(['succeeded'])
  runs.receive(snapshot())
  expect(notices).toEqual(['shown', 'queued', 'running', 'validating', 'closed'])
  expect(kept()).toEqual([])
})

test('a stream that is faster than the answer to the call is not too early', async () => {
  const { runs, notices, ended, store } = setUp()
  runs.receive(told('running'))
  runs.begin(run)
  expect(notices).toEqual(['shown', 'running'])
  store(generation('succeeded'))
  runs.receive(told('succeeded'))
  await expect.poll(() => ended).toEqual(['succeeded'])

  const quick = setUp()
  quick.store(generation('failed'))
  quick.runs.receive(told('failed'))
  quick.runs.begin(run)
  await expect.poll(() => quick.ended).toEqual(['failed'])
})

test('what ended while the window was closed is told when it is back', async () => {
  const { runs, ended, store } = setUp([run])
  store(generation('failed'))
  runs.receive(snapshot())
  await expect.poll(() => ended).toEqual(['failed'])
})

test('what still runs when the window is back is shown again', () => {
  const { runs, notices, ended } = setUp([run])
  runs.receive(snapshot(generation('validating')))
  expect(notices).toEqual(['shown', 'validating'])
  expect(ended).toEqual([])
})

test('while the server does not say, a run stays; the next snapshot asks again', async () => {
  const { runs, ended, kept, store } = setUp([run])
  runs.receive(snapshot())
  await expect.poll(() => kept()).toEqual([run])
  store(generation('canceled'))
  await expect
    .poll(() => {
      runs.receive(snapshot())
      return ended
    })
    .toEqual(['canceled'])
})

test('what is gone from the server is forgotten without a word', async () => {
  const { runs, ended, kept, store } = setUp([run])
  store(null)
  runs.receive(snapshot())
  await expect.poll(() => kept()).toEqual([])
  expect(ended).toEqual([])
})

test('runs of others are left alone', () => {
  const { runs, notices } = setUp()
  runs.receive(told('running'))
  runs.receive(snapshot(generation('running')))
  expect(notices).toEqual([])
})

test('at another server a run is not seen, read or told; back at its own it is', async () => {
  const { runs, notices, ended, kept, store } = setUp([run])
  runs.receive(snapshot(generation('running')))
  runs.enter('https://other.example')
  expect(notices).toEqual(['shown', 'running', 'closed'])
  store(generation('succeeded'))
  // Another server may give the same ids.
  runs.receive(snapshot())
  runs.receive(told('running'))
  runs.receive(told('succeeded'))
  expect(notices).toEqual(['shown', 'running', 'closed'])
  runs.enter(here)
  runs.receive(snapshot())
  await expect.poll(() => ended).toEqual(['succeeded'])
  expect(kept()).toEqual([])
})

test('what ends while its server is being left is told when that is back', async () => {
  const { runs, ended, kept, store } = setUp([run])
  store(generation('succeeded'))
  runs.receive(told('succeeded'))
  runs.enter(null)
  await expect.poll(() => kept()).toEqual([run])
  runs.enter(here)
  await expect
    .poll(() => {
      runs.receive(snapshot())
      return ended
    })
    .toEqual(['succeeded'])
})
