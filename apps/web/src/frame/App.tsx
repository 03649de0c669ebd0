import { Tooltip } from '@base-ui/react/tooltip'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'

const Toasts = lazy(() => import('@tallyforge/ui/Toasts').then(({ Toasts }) => ({ default: Toasts })))

/** Around every page. */
export function App() {
  // What tells of acts comes after the first page, on which nobody has acted yet.
  const hasPage = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation !== undefined })
  return (
    <Tooltip.Provider>
      <Outlet />
      <Suspense>{hasPage && <Toasts />}</Suspense>
    </Tooltip.Provider>
  )
}
