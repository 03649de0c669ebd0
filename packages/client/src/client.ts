import type { AppRouter } from '@tallyforge/api/router'
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from '@trpc/client'
// The client does not re-export this type of its own signature; versions are pinned exactly.
import type { EventSourceLike } from '@trpc/server/unstable-core-do-not-import'
import superjson from 'superjson'

export type { AppRouter }
export type Client = TRPCClient<AppRouter>

/** Any EventSource class; the links only need to construct it and listen. */
type EventSourceClass = EventSourceLike.AnyConstructor

export type LinkOptions = {
  /** The tRPC endpoint, such as `http://127.0.0.1:3001/trpc`. A path is enough in a browser. */
  url: string
  /** Sent with every call, for example a cookie or a bearer. Browsers send their cookie themselves. */
  headers?: () => Record<string, string>
  /** Node has none globally. */
  EventSource?: EventSourceClass
  fetch?: typeof fetch
}

/** The links of every client: calls of one tick in one request, the ways in and out alone, subscriptions over SSE. */
export function createLinks({ url, headers = () => ({}), EventSource, fetch }: LinkOptions) {
  const shared = { url, transformer: superjson, headers, ...(fetch ? { fetch } : {}) }
  return [
    splitLink({
      condition: (op) => op.type === 'subscription',
      true: httpSubscriptionLink<AppRouter, EventSourceClass>({
        url,
        transformer: superjson,
        ...(EventSource ? { EventSource } : {}),
      }),
      false: splitLink({
        condition: (op) => goesAlone(op.path, op.type),
        true: httpLink<AppRouter>({ ...shared, methodOverride: 'POST' }),
        false: httpBatchLink<AppRouter>({ ...shared, maxItems: 10 }),
      }),
    }),
  ]
}

/** Ways in and out, because the server's limits count attempts; and what may be too long for an address or a batch. */
function goesAlone(path: string, type: string): boolean {
  return (
    (path.startsWith('auth.') && type === 'mutation') ||
    ['plugins.quote', 'plugins.generate', 'plugins.save'].includes(path)
  )
}

export function createClient(options: LinkOptions): Client {
  return createTRPCClient<AppRouter>({ links: createLinks(options) })
}
