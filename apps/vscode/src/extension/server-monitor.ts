import type { ServerUrl } from '@tallyforge/client/server-url'
import type { checkServer } from '@tallyforge/client/version'
import type { ServerCheck } from '../bridge/protocol.ts'
import { createStore, type Store } from './store.ts'
import { wait } from './wait.ts'

export type ServerMonitor = {
  state: Store<ServerCheck>
  /** Looks now; resolves with the answer known. */
  check: () => Promise<void>
  dispose: () => void
}

type Port = {
  serverUrl: () => ServerUrl
  ask: typeof checkServer
  /** This extension's release. */
  version: string
  pause?: typeof wait
}

const longestPauseMs = 30_000

/** Knows whether the server answers and is of a fitting release. While it does not answer, it is asked again and again. */
export function monitorServer({ serverUrl, ask, version, pause = wait }: Port): ServerMonitor {
  const state = createStore<ServerCheck>({ status: 'checking' })
  let current = new AbortController()

  async function look(): Promise<ServerCheck> {
    const { origin, problem } = serverUrl()
    if (origin === null) return { status: 'unreachable', message: problem }
    const said = await ask(origin)
    if (said.kind === 'compatible') return { status: 'compatible', serverVersion: said.serverVersion }
    if (said.kind === 'unreachable' || said.kind === 'not-tallyforge') {
      return { status: 'unreachable', message: said.message }
    }
    return {
      status: said.kind,
      clientVersion: version,
      serverVersion: said.serverVersion,
      message: said.message,
    }
  }

  async function retry(signal: AbortSignal): Promise<void> {
    for (let failures = 1; state.get().status === 'unreachable'; failures++) {
      await pause(Math.min(1_000 * 2 ** failures, longestPauseMs), signal)
      if (signal.aborted) return
      const found = await look()
      if (signal.aborted) return
      state.set(found)
    }
  }

  return {
    state,
    check: async () => {
      current.abort()
      current = new AbortController()
      const { signal } = current
      const found = await look()
      if (signal.aborted) return
      state.set(found)
      void retry(signal)
    },
    dispose: () => current.abort(),
  }
}
