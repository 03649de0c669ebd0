import type { AppRouter } from '@tallyforge/api/router'
import { createLinks } from '@tallyforge/client/client'
import { readError } from '@tallyforge/client/errors'
import { jsonKey, queryDefaults } from '@tallyforge/client/queries'
import { hashKey, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
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

let forgetSession: (() => void) | null = null
/** A session can end while a page is open: the next call that learns it lets the router decide where to go. */
export function onSessionEnd(listener: () => void) {
  forgetSession = listener
}

/** Whatever learns that the session is over tells it here: the router leads to the sign-in, and back. */
export function noticeSessionEnd(error: unknown) {
  if (readError(error).kind !== 'unauthenticated') return
  // Before anybody is known to be signed in, the session's own answer decides.
  if (!api.auth.session.getData()) return
  api.auth.session.setData(undefined, null)
  forgetSession?.()
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSessionEnd }),
  mutationCache: new MutationCache({ onError: noticeSessionEnd }),
  defaultOptions: {
    queries: {
      ...queryDefaults,
      queryKeyHashFn: (key) => hashKey(jsonKey(key)),
    },
    mutations: { networkMode: queryDefaults.networkMode },
  },
})

/** The same calls outside of components: route guards. */
export const api = createTRPCQueryUtils({ queryClient, client: trpcClient })
