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
  /** Sent with every call, streams included where EventSource can. Browsers send their cookie themselves. */
  headers?: () => Record<string, string>
  /** The token of a device's session, asked for before every call; null while there is none. */
  auth?: () => string | null | Promise<string | null>
  /** Node has none globally. One that takes `fetch` (the `eventsource` package) sends the token too. */
  EventSource?: EventSourceClass
  fetch?: typeof fetch
}

/** The links of every client: calls of one tick in one request, the ways in and out alone, subscriptions over SSE. */
export function createLinks({ url, headers = () => ({}), auth, EventSource, fetch }: LinkOptions) {
  const allHeaders = async () => ({ ...headers(), ...(await bearer(auth)) })
  const shared = { url, transformer: superjson, headers: allHeaders, ...(fetch ? { fetch } : {}) }
  return [
    splitLink({
      condition: (op) => op.type === 'subscription',
      true: httpSubscriptionLink<AppRouter, EventSourceClass>({
        url,
        transformer: superjson,
        ...(EventSource ? { EventSource } : {}),
        ...(auth ? { eventSourceOptions: () => ({ fetch: withHeaders(allHeaders, fetch) }) } : {}),
      }),
      false: splitLink({
        condition: (op) => goesAlone(op.path, op.type),
        true: httpLink<AppRouter>({ ...shared, methodOverride: 'POST' }),
        false: httpBatchLink<AppRouter>({ ...shared, maxItems: 10 }),
      }),
    }),
  ]
}

async function bearer(auth: LinkOptions['auth']): Promise<Record<string, string>> {
  const token = (await auth?.()) ?? null
  return token === null ? {} : { authorization: `Bearer ${token}` }
}

/** A fetch for EventSource: asked again at every reconnection, so that a renewed token is the one that is sent. */
function withHeaders(
  headers: () => Promise<Record<string, string>>,
  send: typeof globalThis.fetch = globalThis.fetch,
): typeof globalThis.fetch {
  return async (input, init) => send(input, { ...init, headers: { ...init?.headers, ...(await headers()) } })
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
