import type { LiveGeneration } from '@tallyforge/client/live'
import { isFinal } from '@tallyforge/core/plugins/states'
import { endWords, generationWords } from '@tallyforge/core/plugins/words'
import { useEffect, useState } from 'react'
import { type Editor, useNewestLive } from './editor.ts'

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
  if (isFinal(state)) return endWords[state]
  return openPath === null ? generationWords[state] : `${generationWords[state]} ${openPath}`
}
