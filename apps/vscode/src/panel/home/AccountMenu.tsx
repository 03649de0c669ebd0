import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '@tallyforge/ui/Menu'
import { CircleUser, ExternalLink, LogOut, ScrollText, Settings } from 'lucide-react'
import { useAct } from '../act.ts'
import { useOrg, useRoute } from '../panel.tsx'

/** Who is signed in and where; and the ways out. */
export function AccountMenu() {
  const { user, org, orgs } = useOrg()
  const { go } = useRoute()
  const { act } = useAct()
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label="Account"
          title={user.email}
          className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
        >
          <CircleUser size={16} aria-hidden />
        </button>
      }
    >
      <MenuHeading>
        <span className="block truncate font-semibold">{user.name}</span>
        <span className="block truncate text-muted text-xs">{user.email}</span>
      </MenuHeading>
      {orgs.length > 1 && (
        <>
          <MenuSeparator />
          <MenuChoice
            label="Organization"
            value={org.id}
            options={orgs.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(orgId) => {
              go({ name: 'home' })
              act({ name: 'chooseOrg', orgId })
            }}
          />
        </>
      )}
      <MenuSeparator />
      <MenuItem onSelect={() => act({ name: 'openDashboard', path: `/${org.slug}/plugins` })}>
        <ExternalLink size={14} aria-hidden />
        Open the dashboard
      </MenuItem>
      <MenuItem onSelect={() => act({ name: 'openSettings' })}>
        <Settings size={14} aria-hidden />
        Settings
      </MenuItem>
      <MenuItem onSelect={() => act({ name: 'showLog' })}>
        <ScrollText size={14} aria-hidden />
        Show log
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => act({ name: 'signOut' })}>
        <LogOut size={14} aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  )
}
