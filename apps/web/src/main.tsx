import './csp.ts'
import './app.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { type AnyRoute, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { askForPage } from './first-queries.ts'
import { noteMissingCode } from './frame/missing-code.ts'
import { router } from './routes.tsx'
import { applyTheme, readTheme } from './theme.ts'
import { onSessionEnd, queryClient, trpc, trpcClient } from './trpc.ts'

noteMissingCode()
applyTheme(readTheme())
startPage()
onSessionEnd(() => void router.invalidate())

/** The page's code is asked for beside its first answers, not after them. A failure is told where the page is shown. */
function startPage() {
  const matches = router.matchRoutes(router.latestLocation)
  const routes: Record<string, AnyRoute | undefined> = router.routesById
  for (const { routeId } of matches) {
    const route = routes[routeId]
    if (route) void router.loadRouteChunk(route)?.catch(() => undefined)
  }
  askForPage(matches.at(-1))
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

createRoot(root).render(
  <StrictMode>
    <trpc.Provider client={trpcClient} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </trpc.Provider>
  </StrictMode>,
)
