import type { AppRouter } from '@tallyforge/client/client'
import { readError } from '@tallyforge/client/errors'
import { hashKey, QueryClient, type QueryKey } from '@tanstack/react-query'
import { createTRPCReact } from '@trpc/react-query'
import type { Bridge } from './bridge.ts'
import { bridgeLink } from './link.ts'

/** The typed hooks of the API. The only file that knows which binding they come from. */
export const trpc = createTRPCReact<AppRouter>()

export const createPanelClient = (bridge: Bridge) => trpc.createClient({ links: [bridgeLink(bridge)] })

/** Asked again when the answer may differ: never for what the caller did wrong. */
const mayRecover = new Set(['offline', 'unavailable', 'internal'])

/** The library's hash, for inputs with amounts too: JSON has no bigint. */
function hashKeyWithAmounts(key: QueryKey): string {
  const text = JSON.stringify(key, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
  return hashKey(JSON.parse(text))
}

export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        queryKeyHashFn: hashKeyWithAmounts,
        retry: (count, error) => count < 2 && mayRecover.has(readError(error).kind),
        // The host reaches the server, not this page: what this page knows of the network says nothing.
        networkMode: 'always',
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always' },
    },
  })
