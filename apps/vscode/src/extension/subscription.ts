import type { AppRouter } from '@tallyforge/client/client'
import type { ReadableError } from '@tallyforge/client/errors'
import type { TRPCUntypedClient } from '@trpc/client'
import type { ConnectionState } from '../bridge/protocol.ts'
import { readFailure } from './failure.ts'
import { wait } from './wait.ts'

type Port = {
  client: () => Pick<TRPCUntypedClient<AppRouter>, 'subscription'>
  path: string
  /** An object, as every procedure's input is: the place in the stream is added to it. */
  input: object
  onEvent: (eventId: string | null, data: unknown) => void
  onConnection: (state: ConnectionState) => void
  /** The server refused for good: asking again would not change it. */
  onRefused: (error: ReadableError) => void
  pause?: typeof wait
}

/** Refusals that the same question would get again. */
const final = new Set(['unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'payload_too_large'])

const longestPauseMs = 15_000

/**
 * Follows a subscription through every loss of the connection: the stream's own reconnection where it can, else a new one, each from
 * the last event on. Returns how to stop.
 */
export function follow(port: Port): () => void {
  const over = new AbortController()
  // A stream stays with the server where it began, however often it is opened again.
  let client: ReturnType<Port['client']> | null = null
  let lastEventId: string | null = null
  let failures = 0
  let close: (() => void) | null = null

  function open() {
    let isOpen = true
    const again = async (state: ConnectionState) => {
      if (!isOpen || over.signal.aborted) return
      isOpen = false
      close?.()
      port.onConnection(state)
      failures++
      await (port.pause ?? wait)(Math.min(500 * 2 ** failures, longestPauseMs), over.signal)
      if (!over.signal.aborted) open()
    }
    try {
      const input = lastEventId === null ? port.input : { ...port.input, lastEventId }
      client ??= port.client()
      const subscription = client.subscription(port.path, input, {
        onData: (yielded) => {
          if (over.signal.aborted) return
          const { id, data } = readYielded(yielded)
          if (id !== null) lastEventId = id
          port.onEvent(id, data)
        },
        onConnectionStateChange: ({ state, error }) => {
          if (over.signal.aborted || !isOpen) return
          if (state === 'pending') {
            failures = 0
            port.onConnection('live')
          } else if (state === 'connecting') port.onConnection(error === null ? 'connecting' : 'offline')
        },
        onComplete: () => void again('connecting'),
        onError: (error) => {
          if (over.signal.aborted) return
          const failure = readFailure(error)
          if (!final.has(failure.kind)) return void again('offline')
          over.abort()
          port.onRefused(failure)
        },
      })
      close = () => subscription.unsubscribe()
    } catch (error) {
      over.abort()
      port.onRefused(readFailure(error))
    }
  }

  open()
  return () => {
    over.abort()
    close?.()
  }
}

/** What the server tracks comes with its place in the stream. */
function readYielded(yielded: unknown): { id: string | null; data: unknown } {
  if (typeof yielded === 'object' && yielded !== null && 'id' in yielded && 'data' in yielded) {
    if (typeof yielded.id === 'string') return { id: yielded.id, data: yielded.data }
  }
  return { id: null, data: yielded }
}
