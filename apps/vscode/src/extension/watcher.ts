import type { WatchMessage } from '@tallyforge/client/live'
import type { Balance } from '@tallyforge/client/outputs'
import type { ConnectionState, SessionState } from '../bridge/protocol.ts'
import type { Api } from './api.ts'
import type { Log } from './log.ts'
import type { Session } from './session.ts'
import { createStore, type Store } from './store.ts'
import { follow } from './subscription.ts'

export type Watcher = {
  balance: Store<Balance | null>
  connection: Store<ConnectionState>
  /** Returns how to stop listening. */
  onMessage: (listener: (message: WatchMessage) => void) => () => void
  dispose: () => void
}

type Port = { api: Api; session: Session; log: Log }

/** The one stream of this window: the balance and the states of the org's generations, for as long as somebody is signed in. */
export function watchOrg({ api, session, log }: Port): Watcher {
  const balance = createStore<Balance | null>(null)
  const connection = createStore<ConnectionState>('connecting')
  const listeners = new Set<(message: WatchMessage) => void>()
  let current: { key: string; stop: () => void } | null = null

  function start(orgId: string): () => void {
    return follow({
      client: api.untyped,
      path: 'plugins.watch',
      input: { orgId, pluginId: null },
      onEvent: (_, data) => {
        // The router's own type, which a call by path does not carry.
        const message = data as WatchMessage
        if (message.type === 'snapshot' || message.type === 'balance') balance.set(message.balance)
        for (const listener of [...listeners]) listener(message)
      },
      onConnection: connection.set,
      onRefused: (error) => {
        connection.set('offline')
        log.warn(`The server ended the stream: ${error.message}`)
        // Whoever was signed out, or left the organization, learns it from the session.
        void session.restore()
      },
    })
  }

  function sync(state: SessionState) {
    const key = state.status === 'signed-in' ? `${api.origin()} ${state.user.id} ${state.orgId}` : null
    if (current?.key === key) return
    current?.stop()
    current = null
    balance.set(null)
    connection.set('connecting')
    if (state.status === 'signed-in' && key !== null) current = { key, stop: start(state.orgId) }
  }

  const stopListening = session.state.onChange(sync)
  sync(session.state.get())
  return {
    balance,
    connection,
    onMessage: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispose: () => {
      stopListening()
      current?.stop()
    },
  }
}
