import type { AppRouter } from '@tallyforge/client/client'
import { TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import type { Bridge } from './bridge.ts'
import { failureOf } from './failure.ts'

/**
 * The last link of the panel's client: it posts to the host, which holds the token and reaches the network. A subscription
 * stays one for whoever listens, however often the host has to connect anew.
 */
export function bridgeLink(bridge: Bridge): TRPCLink<AppRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        const { type, path, input } = op
        const fail = (error: Parameters<typeof failureOf>[0]) => observer.error(failureOf(error))
        if (type !== 'subscription') {
          const stop = bridge.call(
            { type, path, input },
            {
              result: (data) => {
                observer.next({ result: { type: 'data', data } })
                observer.complete()
              },
              failure: fail,
            },
          )
          // Whoever gave the call up waits for its end all the same.
          return stopOnAbort(op.signal, stop, () => observer.error(TRPCClientError.from(givenUp())))
        }
        const stop = bridge.subscribe(
          { path, input },
          {
            // The same shape as over HTTP: what has a place in the stream comes with it.
            event: (data, id) =>
              observer.next({ result: { type: 'data', data: id === null ? data : { id, data } } }),
            connection: (state) =>
              observer.next({
                result:
                  state === 'live'
                    ? { type: 'state', state: 'pending', error: null }
                    : { type: 'state', state: 'connecting', error: null },
              }),
            failure: fail,
          },
        )
        observer.next({ result: { type: 'state', state: 'connecting', error: null } })
        return stopOnAbort(op.signal, stop, () => observer.complete())
      })
}

const givenUp = () => new DOMException('The call was given up.', 'AbortError')

function stopOnAbort(signal: AbortSignal | null | undefined, stop: () => void, end: () => void) {
  const abort = () => {
    stop()
    end()
  }
  signal?.addEventListener('abort', abort, { once: true })
  return () => {
    signal?.removeEventListener('abort', abort)
    stop()
  }
}
