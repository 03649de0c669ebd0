import { useNavigate } from '@tanstack/react-router'
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useState } from 'react'
import { useOrg } from './org.ts'
import { toggleRail } from './rail-width.ts'
import { type Shortcut, useShortcuts } from './shortcuts.ts'

// Both come after the page: the palette as soon as it is idle, so that the first keys typed into it are not lost.
const loadPalette = () => import('./Palette.tsx').then((palette) => ({ default: palette.Palette }))
const Palette = lazy(loadPalette)
const ShortcutHelp = lazy(() => import('./ShortcutHelp.tsx').then((help) => ({ default: help.ShortcutHelp })))

const OpenPalette = createContext<() => void>(() => undefined)
/** Opens the palette, for those who look for a button. */
export const useOpenPalette = () => useContext(OpenPalette)

/** Keys that work on every page of an organization, and what they open. */
export function Keyboard({ children }: { children: ReactNode }) {
  const { org, may } = useOrg()
  const navigate = useNavigate()
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const show = (name: 'palette' | 'help') => {
    setSeen((last) => new Set([...last, name]))
    setOpen((last) => (last === name ? null : name))
  }
  const params = { org: org.slug }
  const acts: Record<Shortcut, () => void> = {
    palette: () => show('palette'),
    help: () => show('help'),
    create: () => {
      if (may('plugins.write')) void navigate({ to: '/$org/plugins/new', params })
    },
    plugins: () => void navigate({ to: '/$org/plugins', params }),
    tokens: () => void navigate({ to: '/$org/tokens', params }),
    profile: () => void navigate({ to: '/$org/profile', params }),
    rail: toggleRail,
    search: () => document.querySelector<HTMLElement>('main input[type=search]')?.focus(),
  }
  useShortcuts((shortcut) => acts[shortcut]())
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), 2_000)
    return () => clearTimeout(timer)
  }, [])
  const close = () => setOpen(null)
  return (
    <OpenPalette value={acts.palette}>
      {children}
      <Suspense>
        {seen.has('palette') && (
          <Palette isOpen={open === 'palette'} onClose={close} onHelp={() => show('help')} />
        )}
        {seen.has('help') && <ShortcutHelp isOpen={open === 'help'} onClose={close} />}
      </Suspense>
    </OpenPalette>
  )
}
