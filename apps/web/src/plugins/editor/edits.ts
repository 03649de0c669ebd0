import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'

/** Changed files by version id, then by path: looking at another version loses nothing. */
type AllEdits = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Hand edits that are not saved. Leaving the page with some asks first. */
export function useEdits() {
  const [all, setAll] = useState<AllEdits>({})
  const hasAny = Object.values(all).some((paths) => Object.keys(paths).length > 0)
  useBlocker({
    enableBeforeUnload: hasAny,
    shouldBlockFn: ({ current, next }) =>
      hasAny &&
      current.pathname !== next.pathname &&
      !window.confirm('You have edits that are not saved. Leave and lose them?'),
  })
  return {
    of: (versionId: string) => all[versionId] ?? {},
    change: (versionId: string, path: string, text: string, original: string) =>
      setAll((last) => {
        const { [path]: _, ...others } = last[versionId] ?? {}
        return { ...last, [versionId]: text === original ? others : { ...others, [path]: text } }
      }),
    discard: (versionId: string) => setAll(({ [versionId]: _, ...others }) => others),
  }
}
export type Edits = ReturnType<typeof useEdits>
