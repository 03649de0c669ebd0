import { Logo } from './Logo.tsx'
import { late } from './late.tsx'
import { useOrg } from './org.ts'

const OrgSwitcher = late(
  () => import('./OrgSwitcher.tsx').then((menu) => menu.OrgSwitcher),
  ({ className, children }) => <div className={className}>{children}</div>,
)

const lineStyles = 'flex h-10 w-full min-w-0 items-center gap-2.5 rounded-md px-2.5 text-left'

/** The organization's name; a switcher for people who belong to several. */
export function OrgMenu({ isCollapsed }: { isCollapsed: boolean }) {
  const { org, session } = useOrg()
  const name = (
    <>
      <Logo />
      <span className={isCollapsed ? 'sr-only' : 'min-w-0 flex-1 truncate font-medium'} title={org.name}>
        {org.name}
      </span>
    </>
  )
  if (session.orgs.length === 1) return <div className={lineStyles}>{name}</div>
  return (
    <OrgSwitcher className={lineStyles} isCollapsed={isCollapsed}>
      {name}
    </OrgSwitcher>
  )
}
