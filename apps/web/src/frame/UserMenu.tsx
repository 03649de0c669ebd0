import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '@tallyforge/ui/Menu'
import { useNavigate } from '@tanstack/react-router'
import { ChevronsUpDown, LogOut, UserRound } from 'lucide-react'
import { applyTheme, themeOptions, useTheme } from '../theme.ts'
import { useOrg } from './org.ts'
import { useSignOut } from './sign-out.ts'

export function UserMenu({ isCollapsed }: { isCollapsed: boolean }) {
  const { session, org } = useOrg()
  const { user } = session
  const theme = useTheme()
  const navigate = useNavigate()
  const signOut = useSignOut()
  return (
    <Menu
      align="start"
      side="top"
      trigger={
        <button
          type="button"
          className="flex h-10 w-full min-w-0 items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover"
        >
          <span
            aria-hidden
            className="flex size-6 items-center justify-center rounded-full bg-selected font-medium text-xs uppercase"
          >
            {[...user.name][0]}
          </span>
          <span className={isCollapsed ? 'sr-only' : 'min-w-0 flex-1 truncate'}>
            {user.name}
            <span className="sr-only">, account</span>
          </span>
          {!isCollapsed && <ChevronsUpDown size={14} className="text-faint" aria-hidden />}
        </button>
      }
    >
      <MenuHeading>
        <span className="block max-w-56 truncate font-medium">{user.name}</span>
        <span className="block max-w-56 truncate text-muted">{user.email}</span>
      </MenuHeading>
      <MenuSeparator />
      <MenuItem onSelect={() => void navigate({ to: '/$org/profile', params: { org: org.slug } })}>
        <UserRound size={16} aria-hidden />
        Your profile
      </MenuItem>
      <MenuSeparator />
      <MenuChoice label="Theme" value={theme} options={themeOptions} onChange={applyTheme} />
      <MenuSeparator />
      <MenuItem onSelect={signOut}>
        <LogOut size={16} aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  )
}
