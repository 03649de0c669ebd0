import type { ReadableError } from '@tallyforge/client/errors'
import superjson from 'superjson'
import type { Act, ConnectionState, HostMessage, HostState, PanelMessage, Route } from '../bridge/protocol.ts'
import { failureOf } from './failure.ts'
import type { Port } from './port.ts'

/** Who waits for the answer to one message. */
type Reply = {
  result?: (data: unknown) => void
  event?: (data: unknown, eventId: string | null) => void
  connection?: (state: ConnectionState) => void
  failure: (error: ReadableError) => void
}

/**
 * The panel's end of the bridge: gives every question an id, and every answer to whoever asked. Ids begin at a moment, so
 * that an answer to a panel that was reloaded meanwhile is nobody's.
 */
export function createBridge(port: Port, firstId = Date.now() * 1_000) {
  let lastId = firstId
  let host: HostState | null = null
  const replies = new Map<number, Reply>()
  const hostListeners = new Set<() => void>()
  const goListeners = new Set<(to: Route) => void>()

  /** Returns the way to stop waiting, which tells the host too. */
  const ask = (message: (id: number) => PanelMessage, reply: Reply) => {
    const id = ++lastId
    replies.set(id, reply)
    port.post(message(id))
    return () => {
      if (replies.delete(id)) port.post({ kind: 'stop', id })
    }
  }
  const receive = (message: HostMessage) => {
    switch (message.kind) {
      case 'host':
        host = message.host
        for (const listener of hostListeners) listener()
        return
      case 'go':
        for (const listener of goListeners) listener(message.to)
        return
      case 'event':
        replies.get(message.id)?.event?.(superjson.deserialize(message.data), message.eventId)
        return
      case 'connection':
        replies.get(message.id)?.connection?.(message.state)
        return
      case 'result':
        finish(message.id)?.result?.(superjson.deserialize(message.data))
        return
      case 'failure':
        finish(message.id)?.failure(message.error)
    }
  }
  const finish = (id: number) => {
    const reply = replies.get(id)
    replies.delete(id)
    return reply
  }

  return {
    /** Begins to listen, and asks for the host's state. */
    start: () => {
      const stop = port.listen(receive)
      port.post({ kind: 'ready' })
      return stop
    },
    /** One call of the API. Returns the way to give it up. */
    call: (
      { type, path, input }: { type: 'query' | 'mutation'; path: string; input: unknown },
      reply: Required<Pick<Reply, 'result' | 'failure'>>,
    ) => ask((id) => ({ kind: 'call', id, type, path, input: superjson.serialize(input) }), reply),
    /** One subscription. Returns the way to end it. */
    subscribe: (
      { path, input }: { path: string; input: unknown },
      reply: Required<Pick<Reply, 'event' | 'connection' | 'failure'>>,
    ) => ask((id) => ({ kind: 'subscribe', id, path, input: superjson.serialize(input) }), reply),
    /** Something that only the host can do. @throws what `readError` reads. */
    act: (act: Act) =>
      new Promise<void>((resolve, reject) => {
        ask((id) => ({ kind: 'act', id, act }), {
          result: () => resolve(),
          failure: (error) => reject(failureOf(error)),
        })
      }),
    /** Null until the host has told. */
    host: () => host,
    onHost: (listener: () => void) => {
      hostListeners.add(listener)
      return () => {
        hostListeners.delete(listener)
      }
    },
    onGo: (listener: (to: Route) => void) => {
      goListeners.add(listener)
      return () => {
        goListeners.delete(listener)
      }
    },
  }
}
export type Bridge = ReturnType<typeof createBridge>
