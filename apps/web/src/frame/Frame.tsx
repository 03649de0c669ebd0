import { createLazyRoute, Outlet } from '@tanstack/react-router'
import { LiveProvider } from '../plugins/LiveProvider.tsx'
import { useNoteSeen } from '../plugins/last-seen.ts'
import { ConnectionNotice } from './ConnectionNotice.tsx'
import { InFrame } from './in-frame.ts'
import { Keyboard } from './Keyboard.tsx'
import { useOrg } from './org.ts'
import { Rail } from './Rail.tsx'
import { useIsRailCollapsed } from './rail-width.ts'
import { StandInBanner } from './StandInBanner.tsx'
import { TopBar } from './TopBar.tsx'

export const route = createLazyRoute('/$org')({ component: Frame })

/** Everything around the pages of an organization. */
function Frame() {
  const isCollapsed = useIsRailCollapsed()
  useNoteSeen(useOrg().org.id)
  return (
    <LiveProvider>
      <Keyboard>
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2"
        >
          Skip to content
        </a>
        <div className="flex h-dvh flex-col md:flex-row">
          <Rail
            isCollapsed={isCollapsed}
            className={`hidden shrink-0 border-r md:flex ${isCollapsed ? 'w-14' : 'w-[220px]'}`}
          />
          <TopBar className="md:hidden" />
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            <StandInBanner />
            <ConnectionNotice />
            <main id="content" tabIndex={-1} className="relative min-h-0 flex-1 overflow-y-auto outline-none">
              <InFrame value={true}>
                <Outlet />
              </InFrame>
            </main>
          </div>
        </div>
      </Keyboard>
    </LiveProvider>
  )
}
