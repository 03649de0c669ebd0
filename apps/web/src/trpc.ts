import type { AppRouter } from '@tallyforge/api/router'
import { createLinks } from '@tallyforge/client/client'
import { readError } from '@tallyforge/client/errors'
import { hashKey, MutationCache, QueryCache, QueryClient, type QueryKey } from '@tanstack/react-query'
import { createTRPCQueryUtils, createTRPCReact } from '@trpc/react-query'

/** The typed hooks of the API. The only file that knows which binding they come from. */
export const trpc = createTRPCReact<AppRouter>()

export type {
  Balance,
  BurnDown,
  FileDiff,
  Generation,
  HistoryItem,
  Model,
  Plugin,
  Receipt,
  Session,
  Step,
  Version,
  VersionDetail,
} from '@tallyforge/client/outputs'

/** Browsers let 64 KB of such requests be on their way at once, and refuse what is more. */
const keptAliveBytes = 8_000

/** What a person did goes out even when the page is closed or loaded anew right after: a browser would take it back. */
const sendToTheEnd: typeof fetch = (input, init) =>
  fetch(input, {
    ...init,
    keepalive: typeof init?.body === 'string' && init.body.length * 3 <= keptAliveBytes,
  })

export const trpcClient = trpc.createClient({ links: createLinks({ url: '/trpc', fetch: sendToTheEnd }) })

/** Asked again when the answer may differ: never for what the caller did wrong. */
const mayRecover = new Set(['offline', 'unavailable', 'internal'])

let forgetSession: (() => void) | null = null
/** A session can end while a page is open: the next call that learns it lets the router decide where to go. */
export function onSessionEnd(listener: () => void) {
  forgetSession = listener
}

function noticeSessionEnd(error: unknown) {
  if (readError(error).kind !== 'unauthenticated') return
  // Before anybody is known to be signed in, the session's own answer decides.
  if (!api.auth.session.getData()) return
  api.auth.session.setData(undefined, null)
  forgetSession?.()
}

/** The library's hash, for inputs with amounts too: JSON has no bigint. */
function hashKeyWithAmounts(key: QueryKey): string {
  const text = JSON.stringify(key, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
  return hashKey(JSON.parse(text))
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSessionEnd }),
  mutationCache: new MutationCache({ onError: noticeSessionEnd }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      queryKeyHashFn: hashKeyWithAmounts,
      retry: (count, error) => count < 2 && mayRecover.has(readError(error).kind),
      // A loopback or LAN server is reachable without the internet: ask it, do not wait for `navigator.onLine`.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

/** The same calls outside of components: route guards. */
export const api = createTRPCQueryUtils({ queryClient, client: trpcClient })
