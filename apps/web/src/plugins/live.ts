import { type GenerationState, isFinal } from '@tallyforge/core/plugins/states'
import type { Balance, Generation, Step } from '../trpc.ts'

/** Stored progress of a generation, as `plugins.watch` sends it. */
export type GenerationEvent =
  | { type: 'state'; state: GenerationState }
  | { type: 'prose'; text: string }
  | { type: 'file-open' | 'file-close' | 'file-delete'; path: string }
  | { type: 'file-text'; path: string; text: string }
  | { type: 'attempt'; attempt: number; model: string }
  | { type: 'step'; result: Step }
  | { type: 'progress'; outputTokens: number }

/** What `plugins.watch` yields: a snapshot first, then deltas. */
export type WatchMessage =
  | { type: 'snapshot'; balance: Balance; running: Generation[] }
  | { type: 'balance'; balance: Balance }
  | { type: 'event'; generationId: string; seq: number; at: Date; event: GenerationEvent }
  | { type: 'generation'; generationId: string; pluginId: string; state: GenerationState }

export type LiveFile = { path: string; text: string; isDeleted: boolean }

/** A generation as far as its events have come. */
export type LiveGeneration = {
  lastSeq: number
  state: GenerationState
  prose: string
  /** 1 for the first model call, 2 and 3 for repairs; 0 before the first. */
  attempt: number
  /** In the order in which they were first written. */
  files: readonly LiveFile[]
  /** The file that is being written now. */
  openPath: string | null
  /** Gate steps of the current attempt. */
  steps: readonly Step[]
  outputTokens: number
}

/** Generations that this page has heard of, by id. */
export type Live = Readonly<Record<string, LiveGeneration>>

const begun: LiveGeneration = {
  lastSeq: 0,
  state: 'queued',
  prose: '',
  attempt: 0,
  files: [],
  openPath: null,
  steps: [],
  outputTokens: 0,
}

/** Takes in one message. Events that were seen before change nothing, so a replay from the start is harmless. */
export function reduceLive(live: Live, message: WatchMessage): Live {
  switch (message.type) {
    case 'balance':
      return live
    case 'snapshot':
      return reduceSnapshot(live, message.running)
    case 'generation':
      return reduceState(live, message.generationId, message.state)
    case 'event': {
      const generation = live[message.generationId] ?? begun
      if (message.seq <= generation.lastSeq) return live
      const next = reduceEvent(generation, message.event)
      return { ...live, [message.generationId]: { ...next, lastSeq: message.seq } }
    }
  }
}

/** What ran here and is not running anymore ended while nobody listened: the stored generation tells how. */
function reduceSnapshot(live: Live, running: readonly Generation[]): Live {
  const ids = new Set(running.map(({ id }) => id))
  const kept = Object.entries(live).filter(([id, { state }]) => ids.has(id) || isFinal(state))
  return running.reduce(
    (next, { id, state }) => reduceState(next, id, state),
    Object.fromEntries(kept) as Live,
  )
}

function reduceState(live: Live, id: string, state: GenerationState): Live {
  const generation = live[id] ?? begun
  if (isFinal(generation.state)) return live
  return { ...live, [id]: { ...generation, state } }
}

function reduceEvent(generation: LiveGeneration, event: GenerationEvent): LiveGeneration {
  switch (event.type) {
    case 'state':
      return { ...generation, state: event.state, ...(isFinal(event.state) ? { openPath: null } : {}) }
    case 'prose':
      return { ...generation, prose: generation.prose + event.text }
    case 'attempt':
      return beginAttempt(generation, event.attempt)
    case 'file-open':
      return { ...writeFile(generation, event.path, () => ''), openPath: event.path }
    case 'file-text':
      return writeFile(generation, event.path, (text) => text + event.text)
    case 'file-close':
      return { ...generation, openPath: null }
    case 'file-delete':
      return { ...writeFile(generation, event.path, () => '', true), openPath: null }
    case 'step':
      return { ...generation, steps: [...generation.steps, event.result] }
    case 'progress':
      return { ...generation, outputTokens: event.outputTokens }
  }
}

/** A repair speaks in a paragraph of its own and is checked from the first step on. */
function beginAttempt(generation: LiveGeneration, attempt: number): LiveGeneration {
  const isRepair = attempt > 1 && generation.prose !== ''
  const prose = isRepair ? `${generation.prose.trimEnd()}\n\n` : generation.prose
  return { ...generation, attempt, prose, steps: [], openPath: null }
}

function writeFile(
  generation: LiveGeneration,
  path: string,
  write: (text: string) => string,
  isDeleted = false,
): LiveGeneration {
  const known = generation.files.find((file) => file.path === path)
  const file = { path, text: write(known?.text ?? ''), isDeleted }
  const files = known
    ? generation.files.map((other) => (other.path === path ? file : other))
    : [...generation.files, file]
  return { ...generation, files }
}

/** The files of the version that a generation goes on from, under what it has written so far. */
export function overlayFiles(
  inherited: readonly { path: string; text: string }[],
  written: readonly LiveFile[],
): Map<string, string> {
  const files = new Map(inherited.map(({ path, text }) => [path, text]))
  for (const { path, text, isDeleted } of written) {
    if (isDeleted) files.delete(path)
    else files.set(path, text)
  }
  return files
}

/** Whether the stream of messages stands: `lost` once it stood and stands no more. */
export type Connection = 'connecting' | 'open' | 'lost'

/** Holds the live state of a page outside of React, so that each part renders only for what it reads. */
export function createLiveStore() {
  let live: Live = {}
  let connection: Connection = 'connecting'
  const listeners = new Set<() => void>()
  const announce = () => {
    for (const listener of listeners) listener()
  }
  return {
    live: () => live,
    connection: () => connection,
    receive(message: WatchMessage) {
      const next = reduceLive(live, message)
      if (next === live) return
      live = next
      announce()
    },
    setConnection(next: 'connecting' | 'open') {
      const now = next === 'connecting' && connection !== 'connecting' ? 'lost' : next
      if (now === connection) return
      connection = now
      announce()
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
export type LiveStore = ReturnType<typeof createLiveStore>
