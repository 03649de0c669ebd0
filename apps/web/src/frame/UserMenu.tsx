import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '@tallyforge/ui/Menu'
import { useRouter } from '@tanstack/react-router'
import { ChevronsUpDown, LogOut } from 'lucide-react'
import { useState } from 'react'
import { applyTheme, readTheme, type Theme } from '../theme.ts'
import { queryClient, trpc } from '../trpc.ts'
import { useOrg } from './org.ts'

const themeOptions: { value: Theme; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

export function UserMenu() {
  const { user } = useOrg().session
  const [theme, setTheme] = useState(readTheme)
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
          <span className="min-w-0 flex-1 truncate">
            {user.name}
            <span className="sr-only">, account</span>
          </span>
          <ChevronsUpDown size={14} className="text-faint" aria-hidden />
        </button>
      }
    >
      <MenuHeading>
        <span className="block max-w-56 truncate font-medium">{user.name}</span>
        <span className="block max-w-56 truncate text-muted">{user.email}</span>
      </MenuHeading>
      <MenuSeparator />
      <MenuChoice
        label="Theme"
        value={theme}
        options={themeOptions}
        onChange={(next) => {
          applyTheme(next)
          setTheme(next)
        }}
      />
      <MenuSeparator />
      <MenuItem onSelect={signOut}>
        <LogOut size={16} aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  )
}

function useSignOut() {
  const router = useRouter()
  const { mutate } = trpc.auth.signOut.useMutation({
    onSuccess: async () => {
      await router.navigate({ to: '/' })
      // Nothing of this person stays in memory for the next one.
      queryClient.clear()
    },
  })
  return () => mutate()
}
