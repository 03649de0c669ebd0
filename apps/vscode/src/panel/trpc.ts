import type { AppRouter } from '@tallyforge/client/client'
import { jsonKey, queryDefaults } from '@tallyforge/client/queries'
import { hashKey, QueryClient } from '@tanstack/react-query'
import { createTRPCReact } from '@trpc/react-query'
import type { Bridge } from './bridge.ts'
import { bridgeLink } from './link.ts'

/** The typed hooks of the API. The only file that knows which binding they come from. */
export const trpc = createTRPCReact<AppRouter>()

export const createPanelClient = (bridge: Bridge) => trpc.createClient({ links: [bridgeLink(bridge)] })

export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        ...queryDefaults,
        queryKeyHashFn: (key) => hashKey(jsonKey(key)),
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: queryDefaults.networkMode },
    },
  })
