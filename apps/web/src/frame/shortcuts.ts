import { useEffect, useRef } from 'react'

/** Keys by what they do, as `?` lists them. A space stands between keys that follow each other. */
export const shortcuts = {
  palette: { keys: 'Mod+K', does: 'Find a command or a plugin' },
  create: { keys: 'c', does: 'Describe a new plugin' },
  plugins: { keys: 'g p', does: 'Go to the plugins' },
  tokens: { keys: 'g t', does: 'Go to the tokens' },
  profile: { keys: 'g y', does: 'Go to your profile' },
  search: { keys: '/', does: 'Search on this page' },
  rail: { keys: 'Mod+B', does: 'Fold or open the rail' },
  help: { keys: '?', does: 'Show these keys' },
} as const
export type Shortcut = keyof typeof shortcuts

/** Further keys, of places of their own: shown by `?`, handled where they belong. */
export const localKeys = [
  { keys: 'Mod+Enter', does: 'Send the prompt' },
  { keys: 'Mod+S', does: 'Save edited files as a new version' },
  { keys: 'Esc', does: 'Close what is open' },
] as const

/** A second key counts for this long after the first one. */
const chordMs = 1_200

/** Calls what a key stands for. Single keys are left alone while somebody types or a dialog is open. */
export function useShortcuts(act: (shortcut: Shortcut) => void) {
  const latest = useRef(act)
  latest.current = act
  useEffect(() => {
    let first = { key: '', at: 0 }
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const hasMod = event.metaKey || event.ctrlKey
      const withMod =
        hasMod && !event.altKey && !event.shiftKey && findShortcut(`Mod+${event.key.toUpperCase()}`)
      if (withMod) {
        event.preventDefault()
        latest.current(withMod)
        return
      }
      if (
        hasMod ||
        event.altKey ||
        isTyping(event.target) ||
        document.querySelector('[role=dialog][data-open]')
      )
        return
      const chord = event.timeStamp - first.at < chordMs ? `${first.key} ${event.key}` : ''
      first = { key: event.key, at: event.timeStamp }
      const found = findShortcut(chord) ?? findShortcut(event.key)
      if (found === undefined) return
      event.preventDefault()
      latest.current(found)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}

const findShortcut = (keys: string) =>
  (Object.keys(shortcuts) as Shortcut[]).find((name) => shortcuts[name].keys === keys)

/** Fields, and everything that has keys of its own: editors, menus, trees, lists of options. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable=true], [role=menu], [role=tree], [role=listbox], .cm-editor',
    ) !== null
  )
}
