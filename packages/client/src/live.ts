import { type GenerationState, isFinal } from '@tallyforge/core/plugins/states'
import type { ReadableError } from './errors.ts'
import type { Balance, Generation, Plugin, Step } from './outputs.ts'

/** Stored progress of a generation, as `plugins.watch` sends it. */
export type GenerationEvent =
  | { type: 'state'; state: GenerationState }
  | { type: 'prose'; text: string }
  | { type: 'file-open' | 'file-close' | 'file-delete' | 'file-kept'; path: string }
  | { type: 'file-text'; path: string; text: string }
  | { type: 'attempt'; attempt: number; model: string; inputTokens?: number | undefined }
  | { type: 'step'; result: Step }
  | { type: 'progress'; outputTokens: number }

/** What `plugins.watch` yields: a snapshot first, then deltas. */
export type WatchMessage =
  | { type: 'snapshot'; balance: Balance; running: Generation[]; plugin: Plugin | null }
  | { type: 'balance'; balance: Balance }
  | { type: 'event'; generationId: string; seq: number; at: Date; event: GenerationEvent }
  | { type: 'plugin'; pluginId: string }
  | { type: 'generation'; generationId: string; pluginId: string; state: GenerationState }

/** A model call as far as it has come, in tokens by our own count. */
export type LiveCall = { inputTokens: number; outputTokens: number }

export type LiveFile = {
  path: string
  text: string
  isDeleted: boolean
  /** How often it was begun: within one writing the text only grows at its end. */
  writing: number
}

/** A generation as far as its events have come. */
export type LiveGeneration = {
  lastSeq: number
  state: GenerationState
  prose: string
  /** 1 for the first model call, 2 and 3 for repairs; 0 before the first. */
  attempt: number
  /** In the order in which they were first written. */
  files: readonly LiveFile[]
  /** Locked files that it wrote all the same: what it wrote was not taken. */
  kept: readonly string[]
  /** The file that is being written now. */
  openPath: string | null
  /** Gate steps of the current attempt. */
  steps: readonly Step[]
  /** One for each attempt. */
  calls: readonly LiveCall[]
}

/** Generations that this page has heard of, by id. */
export type Live = Readonly<Record<string, LiveGeneration>>

const begun: LiveGeneration = {
  lastSeq: 0,
  state: 'queued',
  prose: '',
  attempt: 0,
  files: [],
  kept: [],
  openPath: null,
  steps: [],
  calls: [],
}

/** Takes in one message. Events that were seen before change nothing, so a replay from the start is harmless. */
export function reduceLive(live: Live, message: WatchMessage): Live {
  switch (message.type) {
    case 'balance':
    case 'plugin':
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
      return beginAttempt(generation, event)
    case 'file-open':
      return { ...beginFile(generation, event.path, false), openPath: event.path }
    case 'file-text':
      return appendText(generation, event.path, event.text)
    case 'file-close':
      return { ...generation, openPath: null }
    case 'file-delete':
      return { ...beginFile(generation, event.path, true), openPath: null }
    case 'file-kept':
      return keepFile(generation, event.path)
    case 'step':
      return { ...generation, steps: takeStep(generation.steps, event.result) }
    case 'progress':
      return { ...generation, calls: countOutput(generation.calls, event.outputTokens) }
  }
}

/** A repair speaks in a paragraph of its own and is checked from the first step on. */
function beginAttempt(
  generation: LiveGeneration,
  { attempt, inputTokens = 0 }: Extract<GenerationEvent, { type: 'attempt' }>,
): LiveGeneration {
  const isRepair = attempt > 1 && generation.prose !== ''
  const prose = isRepair ? `${generation.prose.trimEnd()}\n\n` : generation.prose
  const calls = [...generation.calls, { inputTokens, outputTokens: 0 }]
  return { ...generation, attempt, prose, steps: [], openPath: null, calls }
}

/** A step that is taken again, because a file was locked meanwhile, counts as it ended last. */
function takeStep(steps: readonly Step[], result: Step): readonly Step[] {
  const isAgain = steps.some(({ step }) => step === result.step)
  return isAgain ? steps.map((each) => (each.step === result.step ? result : each)) : [...steps, result]
}

/** The count is of the newest call. */
function countOutput(calls: readonly LiveCall[], outputTokens: number): readonly LiveCall[] {
  const inputTokens = calls.at(-1)?.inputTokens ?? 0
  return [...calls.slice(0, -1), { inputTokens, outputTokens }]
}

function beginFile(generation: LiveGeneration, path: string, isDeleted: boolean): LiveGeneration {
  const known = generation.files.find((file) => file.path === path)
  const file = { path, text: '', isDeleted, writing: (known?.writing ?? 0) + 1 }
  const files = known
    ? generation.files.map((other) => (other === known ? file : other))
    : [...generation.files, file]
  return { ...generation, files }
}

/** The engine keeps a text that grows as its parts, so that adding one does not copy what is there. */
function appendText(generation: LiveGeneration, path: string, text: string): LiveGeneration {
  const files = generation.files.map((file) =>
    file.path === path ? { ...file, text: file.text + text } : file,
  )
  return { ...generation, files }
}

/** A locked file is again as the version had it that the generation goes on from. */
function keepFile(generation: LiveGeneration, path: string): LiveGeneration {
  const files = generation.files.filter((file) => file.path !== path)
  return { ...generation, files, kept: [...generation.kept, path] }
}

/** What the model has written so far in all its calls, in tokens by our own count. */
export function writtenTokens({ calls }: LiveGeneration): number {
  return calls.reduce((sum, { outputTokens }) => sum + outputTokens, 0)
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

/** Whether the stream was refused because the plugin is not there, or its id is none. */
export const isRefusalOfPlugin = (kind: ReadableError['kind']) =>
  kind === 'not_found' || kind === 'invalid_input'

/** Whether the stream was refused for good: lost connections come back by themselves, and these do not. */
export const isRefusal = (kind: ReadableError['kind']) =>
  kind === 'unauthenticated' || kind === 'forbidden' || isRefusalOfPlugin(kind)

/** Whether the stream of messages stands: `lost` once it stood and stands no more. */
export type Connection = 'connecting' | 'open' | 'lost'

/**
 * Holds the live state of a page outside of React, so that each part renders only for what it reads. `schedule` says when
 * listeners hear of new messages: once for all that came until then.
 */
export function createLiveStore(schedule: (announce: () => void) => void) {
  let live: Live = {}
  let connection: Connection = 'connecting'
  let isScheduled = false
  const listeners = new Set<() => void>()
  const announce = () => {
    isScheduled = false
    for (const listener of listeners) listener()
  }
  return {
    live: () => live,
    connection: () => connection,
    receive(message: WatchMessage) {
      const next = reduceLive(live, message)
      if (next === live) return
      live = next
      if (isScheduled) return
      isScheduled = true
      schedule(announce)
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
