import { isFinal } from '@tallyforge/core/plugins/states'
import { useEffect, useState } from 'react'
import type { LiveGeneration } from '../live.ts'
import { generationWords } from '../StateBadge.tsx'
import { type Editor, useNewestLive } from './editor.ts'

const ends = {
  succeeded: 'The plugin is ready.',
  failed: 'The plugin is not ready. You were not charged.',
  canceled: 'The generation was stopped.',
} as const

/** What rushes by faster than this, as in a replay, is left out. */
const settleMs = 600

/** Tells screen readers each new state and each file that is begun, and nothing in between. */
export function Announcements({ editor }: { editor: Editor }) {
  const words = wordsOf(useNewestLive(editor))
  const [text, setText] = useState('')
  useEffect(() => {
    if (words === undefined) return
    const timer = setTimeout(() => setText(words), settleMs)
    return () => clearTimeout(timer)
  }, [words])
  return (
    <p className="sr-only" role="status" aria-label="Generation state">
      {text}
    </p>
  )
}

function wordsOf(live: LiveGeneration | undefined): string | undefined {
  if (live === undefined) return undefined
  const { state, openPath } = live
  if (isFinal(state)) return ends[state]
  return openPath === null ? generationWords[state] : `${generationWords[state]} ${openPath}`
}
