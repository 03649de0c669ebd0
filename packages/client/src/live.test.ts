import { expect, test } from 'vitest'
import {
  createLiveStore,
  type GenerationEvent,
  type Live,
  overlayFiles,
  reduceLive,
  type WatchMessage,
  writtenTokens,
} from './live.ts'

const balance = { balance: 0n, held: 0n, available: 0n, spentThisMonth: 0n }

function event(seq: number, of: GenerationEvent): WatchMessage {
  return { type: 'event', generationId: 'gen_1', seq, at: new Date(0), event: of }
}

const story: WatchMessage[] = [
  { type: 'snapshot', balance, running: [], plugin: null },
  { type: 'generation', generationId: 'gen_1', pluginId: 'plg_1', state: 'queued' },
  event(1, { type: 'state', state: 'running' }),
  event(2, { type: 'attempt', attempt: 1, model: 'm', inputTokens: 30 }),
  event(3, { type: 'prose', text: 'Here it ' }),
  event(4, { type: 'prose', text: 'is.' }),
  event(5, { type: 'file-open', path: 'package.json' }),
  event(6, { type: 'file-text', path: 'package.json', text: '{"a"' }),
  event(7, { type: 'file-text', path: 'package.json', text: ':1}' }),
  event(8, { type: 'file-close', path: 'package.json' }),
  event(9, { type: 'file-open', path: 'src/extension.ts' }),
  event(10, { type: 'file-text', path: 'src/extension.ts', text: 'x' }),
  event(11, { type: 'progress', outputTokens: 42 }),
]

const play = (messages: WatchMessage[], from: Live = {}) => messages.reduce(reduceLive, from)

test('events rebuild what the model wrote', () => {
  expect(play(story).gen_1).toEqual({
    lastSeq: 11,
    state: 'running',
    prose: 'Here it is.',
    attempt: 1,
    files: [
      { path: 'package.json', text: '{"a":1}', isDeleted: false, writing: 1 },
      { path: 'src/extension.ts', text: 'x', isDeleted: false, writing: 1 },
    ],
    kept: [],
    openPath: 'src/extension.ts',
    steps: [],
    calls: [{ inputTokens: 30, outputTokens: 42 }],
  })
})

test('a replay from the first event changes nothing', () => {
  const once = play(story)
  expect(play(story.slice(2), once)).toBe(once)
})

test('a repair starts the steps and the files it names again', () => {
  const failed = { step: 'types', status: 'failed', durationMs: 3, messages: [] } as const
  const after = play(
    [
      event(12, { type: 'file-close', path: 'src/extension.ts' }),
      event(13, { type: 'step', result: { ...failed, messages: [] } }),
      event(14, { type: 'attempt', attempt: 2, model: 'm', inputTokens: 50 }),
      event(15, { type: 'prose', text: 'Fixed.' }),
      event(16, { type: 'file-open', path: 'src/extension.ts' }),
      event(17, { type: 'file-text', path: 'src/extension.ts', text: 'y' }),
      event(18, { type: 'file-delete', path: 'package.json' }),
      event(19, { type: 'progress', outputTokens: 7 }),
    ],
    play(story),
  ).gen_1
  expect(after?.steps).toEqual([])
  expect(after?.calls).toEqual([
    { inputTokens: 30, outputTokens: 42 },
    { inputTokens: 50, outputTokens: 7 },
  ])
  expect(after?.prose).toBe('Here it is.\n\nFixed.')
  expect(after?.files).toEqual([
    { path: 'package.json', text: '', isDeleted: true, writing: 2 },
    { path: 'src/extension.ts', text: 'y', isDeleted: false, writing: 2 },
  ])
})

test('what was written of a locked file is gone once it was not taken', () => {
  const kept = play([event(12, { type: 'file-kept', path: 'src/extension.ts' })], play(story)).gen_1
  expect(kept?.files.map(({ path }) => path)).toEqual(['package.json'])
  expect(kept?.kept).toEqual(['src/extension.ts'])
})

test('the tokens of all calls count', () => {
  const repaired = play(
    [
      event(12, { type: 'attempt', attempt: 2, model: 'm', inputTokens: 9 }),
      event(13, { type: 'progress', outputTokens: 8 }),
    ],
    play(story),
  ).gen_1
  expect(repaired && writtenTokens(repaired)).toBe(50)
})

test('many messages are one announcement, with all of them in it', () => {
  const waiting: (() => void)[] = []
  const store = createLiveStore((announce) => waiting.push(announce))
  let heard = 0
  store.subscribe(() => {
    heard += 1
  })
  for (const message of story) store.receive(message)
  expect([heard, waiting.length]).toEqual([0, 1])
  waiting[0]?.()
  expect(heard).toBe(1)
  expect(store.live()).toEqual(play(story))
  store.receive(event(12, { type: 'prose', text: 'More.' }))
  expect(waiting).toHaveLength(2)
})

test('an ended generation stays ended', () => {
  const ended = play([event(12, { type: 'state', state: 'succeeded' })], play(story))
  expect(ended.gen_1?.openPath).toBeNull()
  const late = { type: 'generation', generationId: 'gen_1', pluginId: 'plg_1', state: 'running' } as const
  expect(reduceLive(ended, late)).toBe(ended)
})

test('a snapshot forgets what ended while nobody listened', () => {
  expect(play([{ type: 'snapshot', balance, running: [], plugin: null }], play(story))).toEqual({})
})

test('written files lie over the files of the parent version', () => {
  const inherited = [
    { path: 'a', text: 'old' },
    { path: 'b', text: 'kept' },
    { path: 'c', text: 'gone' },
  ]
  const written = [
    { path: 'a', text: 'new', isDeleted: false, writing: 1 },
    { path: 'c', text: '', isDeleted: true, writing: 1 },
  ]
  expect([...overlayFiles(inherited, written)]).toEqual([
    ['a', 'new'],
    ['b', 'kept'],
  ])
})
