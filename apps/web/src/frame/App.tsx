import { Tooltip } from '@base-ui/react/tooltip'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'

const Toasts = lazy(() => import('./Toasts.tsx').then(({ Toasts }) => ({ default: Toasts })))

/** Around every page. */
export function App() {
  return (
    <Tooltip.Provider>
      <Outlet />
      <Suspense>
        <Toasts />
      </Suspense>
    </Tooltip.Provider>
  )
}
