import type { WatchMessage } from '@tallyforge/client/live'
import type { Generation } from '@tallyforge/client/outputs'
import { type GenerationState, isFinal } from '@tallyforge/core/plugins/states'

/** A generation that this window began, and the server that it began at. */
export type Run = { origin: string; generationId: string; pluginId: string; orgId: string }

/** What people see of a run while it goes on. */
export type RunNotice = { update: (state: GenerationState) => void; close: () => void }

type Port = {
  /** Kept over reloads of the window, so that what ends meanwhile is told afterwards. */
  remembered: () => Run[]
  remember: (runs: Run[]) => void
  /** The stored generation; null when there is none any more, `unknown` when the server does not say. */
  read: (run: Run) => Promise<Generation | null | 'unknown'>
  show: (run: Run) => RunNotice
  ended: (run: Run, generation: Generation) => void
}

export type Runs = {
  begin: (run: Run) => void
  /** The server that somebody is signed in to; null for none. Runs of others wait unseen, until that server is back. */
  enter: (origin: string | null) => void
  /** What that server says of the org's generations. */
  receive: (message: WatchMessage) => void
}

/** Follows the generations that this window began until it has told how each ended, once. */
export function createRuns(port: Port): Runs {
  let current: string | null = null
  const runs = new Map(port.remembered().map((run) => [run.generationId, run]))
  const notices = new Map<string, RunNotice>()
  const ending = new Set<string>()
  /** The stream may be faster than the answer to the call that began a generation. */
  const heard = new Map<string, GenerationState>()

  function show(run: Run, state: GenerationState) {
    const notice = notices.get(run.generationId) ?? port.show(run)
    notices.set(run.generationId, notice)
    notice.update(state)
  }

  function hide({ generationId }: Run) {
    notices.get(generationId)?.close()
    notices.delete(generationId)
  }

  function forget(run: Run) {
    hide(run)
    if (runs.delete(run.generationId)) port.remember([...runs.values()])
  }

  /** The server knows how it ended, and what it made. While it does not answer, the next snapshot asks again. */
  async function settle(run: Run) {
    if (ending.has(run.generationId)) return
    ending.add(run.generationId)
    try {
      const generation = await port.read(run)
      if (generation === 'unknown' || (generation !== null && !isFinal(generation.state))) return
      // Left meanwhile: it is told where it can be looked at.
      if (run.origin !== current) return
      forget(run)
      if (generation !== null) port.ended(run, generation)
    } finally {
      ending.delete(run.generationId)
    }
  }

  function take(run: Run, state: GenerationState) {
    if (run.origin !== current) return
    if (isFinal(state)) void settle(run)
    else show(run, state)
  }

  return {
    begin: (run) => {
      if (runs.has(run.generationId)) return
      runs.set(run.generationId, run)
      port.remember([...runs.values()])
      take(run, heard.get(run.generationId) ?? 'queued')
    },
    enter: (origin) => {
      if (origin === current) return
      current = origin
      heard.clear()
      for (const run of runs.values()) hide(run)
    },
    receive: (message) => {
      if (message.type === 'generation') {
        heard.set(message.generationId, message.state)
        const run = runs.get(message.generationId)
        if (run !== undefined) take(run, message.state)
      }
      if (message.type === 'snapshot') {
        heard.clear()
        for (const { id, state } of message.running) heard.set(id, state)
        for (const run of [...runs.values()].filter(({ origin }) => origin === current)) {
          const state = heard.get(run.generationId)
          if (state === undefined) void settle(run)
          else take(run, state)
        }
      }
    },
  }
}
