import { type Command, CommandPalette } from '@tallyforge/ui/CommandPalette'
import { keepPreviousData } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  Blocks,
  Coins,
  Keyboard,
  LogOut,
  Monitor,
  Moon,
  PanelLeft,
  Plus,
  Puzzle,
  Sun,
  UserRound,
} from 'lucide-react'
import { useEffect, useState } from 'react'
import { applyTheme } from '../theme.ts'
import { type Plugin, trpc } from '../trpc.ts'
import { useOrg } from './org.ts'
import { toggleRail } from './rail-width.ts'
import { shortcuts } from './shortcuts.ts'
import { useSignOut } from './sign-out.ts'

type PaletteProps = { isOpen: boolean; onClose: () => void; onHelp: () => void }

/** Go to, create, find a plugin, change theme. */
export function Palette({ isOpen, onClose, onHelp }: PaletteProps) {
  const [query, setQuery] = useState('')
  useEffect(() => {
    if (isOpen) setQuery('')
  }, [isOpen])
  const plugins = useFoundPlugins(query, isOpen)
  const groups = [
    { label: 'Go to', items: usePages() },
    { label: 'Plugins', items: plugins.items },
    { label: 'Theme', items: themes },
    { label: 'Help and account', items: useAccount(onHelp) },
  ].map((group) => ({ ...group, items: group.items.map((command) => closing(command, onClose)) }))
  return (
    <CommandPalette
      isOpen={isOpen}
      onClose={onClose}
      groups={groups}
      query={query}
      onQuery={setQuery}
      emptyText={plugins.isSearching ? 'Searching…' : `Nothing found for “${query}”`}
    />
  )
}

const closing = (command: Command, onClose: () => void): Command => ({
  ...command,
  run: () => {
    onClose()
    command.run()
  },
})

function usePages(): Command[] {
  const { org, may } = useOrg()
  const navigate = useNavigate()
  const params = { org: org.slug }
  const create: Command = {
    id: 'create',
    label: 'Describe a new plugin',
    keywords: 'create generate make',
    keys: shortcuts.create.keys,
    icon: <Plus size={16} aria-hidden />,
    run: () => void navigate({ to: '/$org/plugins/new', params }),
  }
  return [
    ...(may('plugins.write') ? [create] : []),
    {
      id: 'plugins',
      label: 'Plugins',
      keywords: 'dashboard list',
      keys: shortcuts.plugins.keys,
      icon: <Blocks size={16} aria-hidden />,
      run: () => void navigate({ to: '/$org/plugins', params }),
    },
    {
      id: 'archived',
      label: 'Archived plugins',
      icon: <Blocks size={16} aria-hidden />,
      run: () => void navigate({ to: '/$org/plugins', params, search: { state: 'archived' } }),
    },
    {
      id: 'tokens',
      label: 'Tokens',
      keywords: 'balance usage history receipts spending',
      keys: shortcuts.tokens.keys,
      icon: <Coins size={16} aria-hidden />,
      run: () => void navigate({ to: '/$org/tokens', params }),
    },
    {
      id: 'profile',
      label: 'Your profile',
      keywords: 'account name password settings',
      keys: shortcuts.profile.keys,
      icon: <UserRound size={16} aria-hidden />,
      run: () => void navigate({ to: '/$org/profile', params }),
    },
  ]
}

const themes: Command[] = [
  { id: 'system', label: 'Use the theme of the system', icon: <Monitor size={16} aria-hidden /> },
  { id: 'light', label: 'Use the light theme', icon: <Sun size={16} aria-hidden /> },
  { id: 'dark', label: 'Use the dark theme', icon: <Moon size={16} aria-hidden /> },
].map((command) => ({
  ...command,
  keywords: 'theme colors mode',
  run: () => applyTheme(command.id as 'system' | 'light' | 'dark'),
}))

function useAccount(onHelp: () => void): Command[] {
  const signOut = useSignOut()
  return [
    {
      id: 'rail',
      label: 'Fold or open the rail',
      keywords: 'sidebar collapse',
      keys: shortcuts.rail.keys,
      icon: <PanelLeft size={16} aria-hidden />,
      run: toggleRail,
    },
    {
      id: 'help',
      label: 'Keyboard shortcuts',
      keywords: 'help keys',
      keys: shortcuts.help.keys,
      icon: <Keyboard size={16} aria-hidden />,
      run: onHelp,
    },
    {
      id: 'sign-out',
      label: 'Sign out',
      keywords: 'leave',
      icon: <LogOut size={16} aria-hidden />,
      run: signOut,
    },
  ]
}

/** The newest plugins at first; then those that the server finds, a moment after the last key. */
function useFoundPlugins(query: string, isOpen: boolean): { items: Command[]; isSearching: boolean } {
  const { org } = useOrg()
  const navigate = useNavigate()
  const [search, setSearch] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSearch(query.trim()), 150)
    return () => clearTimeout(timer)
  }, [query])
  const found = trpc.plugins.list.useQuery(
    { orgId: org.id, state: 'active', search, limit: 6 },
    { enabled: isOpen, placeholderData: keepPreviousData },
  )
  const isSearching = found.isPlaceholderData || search !== query.trim()
  const toCommand = (plugin: Plugin): Command => ({
    id: plugin.id,
    label: plugin.title,
    detail: plugin.description,
    icon: <Puzzle size={16} aria-hidden />,
    // While the next answer is on its way, the last one is filtered like everything else.
    isFound: !isSearching,
    run: () => void navigate({ to: '/$org/plugins/$plugin', params: { org: org.slug, plugin: plugin.id } }),
  })
  return {
    items: found.data?.items.map(toCommand) ?? [],
    isSearching: isSearching || found.isPending,
  }
}
