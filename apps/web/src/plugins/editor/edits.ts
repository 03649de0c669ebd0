import { useBlocker } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { forgetEdits, keepEdits, readEdits } from './kept-edits.ts'

/** Changed files of one version by path. */
type Changes = Readonly<Record<string, string>>
type VersionEdits = {
  changes: Changes
  /** From before the page was loaded. */
  isRestored: boolean
}

const none: VersionEdits = { changes: {}, isRestored: false }

/** How long a person pauses before what they typed is kept. */
const keepAfterMs = 400

/**
 * Hand edits that are not saved, by version: looking at another version loses nothing, and neither does a reload, because
 * this device keeps them. Where it cannot (they are too large), leaving the page asks first.
 */
export function useEdits() {
  const [all, setAll] = useState<Readonly<Record<string, VersionEdits>>>({})
  const [isLosable, setLosable] = useState(false)
  // Who takes edits up again does so from a message that outlives many renders.
  const latest = useRef(all)
  latest.current = all
  const unkept = useRef(new Map<string, Changes>())
  const restored = useRef(new Map<string, VersionEdits>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const flush = useRef(() => {
    clearTimeout(timer.current)
    const results = [...unkept.current].map(([versionId, changes]) => keepEdits(versionId, changes))
    unkept.current.clear()
    return results.every(Boolean)
  })
  useEffect(() => {
    const now = flush.current
    window.addEventListener('pagehide', now)
    return () => {
      window.removeEventListener('pagehide', now)
      now()
    }
  }, [])
  useBlocker({
    enableBeforeUnload: isLosable,
    shouldBlockFn: ({ current, next }) =>
      isLosable &&
      current.pathname !== next.pathname &&
      !window.confirm('Your edits are too large to be kept on this device. Leave and lose them?'),
  })

  const of = (versionId: string): VersionEdits => {
    const known = all[versionId] ?? restored.current.get(versionId)
    if (known) return known
    const changes = readEdits(versionId)
    const found = Object.keys(changes).length > 0 ? { changes, isRestored: true } : none
    restored.current.set(versionId, found)
    return found
  }
  return {
    of,
    change: (versionId: string, path: string, text: string, original: string) => {
      const { [path]: _, ...others } = of(versionId).changes
      const changes = text === original ? others : { ...others, [path]: text }
      setAll((last) => ({ ...last, [versionId]: { changes, isRestored: false } }))
      unkept.current.set(versionId, changes)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setLosable(!flush.current()), keepAfterMs)
    },
    /** Takes up again what was discarded; what was typed since then stays. */
    restore: (versionId: string, discarded: Changes) => {
      const changes = { ...discarded, ...readEdits(versionId), ...latest.current[versionId]?.changes }
      setAll((last) => ({ ...last, [versionId]: { changes, isRestored: false } }))
      unkept.current.set(versionId, changes)
      setLosable(!flush.current())
    },
    discard: (versionId: string) => {
      unkept.current.delete(versionId)
      forgetEdits(versionId)
      setLosable(false)
      setAll((last) => ({ ...last, [versionId]: none }))
    },
  }
}
export type Edits = ReturnType<typeof useEdits>
