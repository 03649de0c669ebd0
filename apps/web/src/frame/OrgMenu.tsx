import { lazy, Suspense } from 'react'
import { Logo } from './Logo.tsx'
import { useOrg } from './org.ts'

const OrgSwitcher = lazy(() => import('./OrgSwitcher.tsx').then((menu) => ({ default: menu.OrgSwitcher })))

const lineStyles = 'flex h-10 w-full min-w-0 items-center gap-2.5 rounded-md px-2 text-left'

/** The organization's name; a switcher for people who belong to several. */
export function OrgMenu() {
  const { org, session } = useOrg()
  const name = (
    <>
      <Logo />
      <span className="min-w-0 flex-1 truncate font-medium">{org.name}</span>
    </>
  )
  const line = <div className={lineStyles}>{name}</div>
  if (session.orgs.length === 1) return line
  return (
    <Suspense fallback={line}>
      <OrgSwitcher className={lineStyles}>{name}</OrgSwitcher>
    </Suspense>
  )
}
