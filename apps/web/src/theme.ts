import { useSyncExternalStore } from 'react'

/** Light, dark, or what the system says. Kept on this device only. */
export type Theme = 'system' | 'light' | 'dark'

export const themeOptions = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies { value: Theme; label: string }[]

const changed = 'tallyforge:theme'

export const readTheme = (): Theme =>
  themeOptions.find(({ value }) => value === localStorage.getItem('theme'))?.value ?? 'system'

export function applyTheme(theme: Theme) {
  localStorage.setItem('theme', theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  window.dispatchEvent(new Event(changed))
}

/** The chosen theme, wherever it is changed: in a menu, in the palette, in another tab. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, readTheme)
}

function subscribe(listener: () => void) {
  const fromElsewhere = ({ key }: StorageEvent) => {
    if (key === 'theme') applyTheme(readTheme())
  }
  window.addEventListener(changed, listener)
  window.addEventListener('storage', fromElsewhere)
  return () => {
    window.removeEventListener(changed, listener)
    window.removeEventListener('storage', fromElsewhere)
  }
}
