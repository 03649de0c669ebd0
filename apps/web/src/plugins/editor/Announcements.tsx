import { isFinal } from '@tallyforge/core/plugins/states'
import { useEffect, useState } from 'react'
import { generationWords } from '../StateBadge.tsx'
import type { Editor } from './editor.ts'

const ends = {
  succeeded: 'The plugin is ready.',
  failed: 'The plugin is not ready. You were not charged.',
  canceled: 'The generation was stopped.',
} as const

/** Tells screen readers each new state; states that rush by in a replay are left out. */
export function Announcements({ editor }: { editor: Editor }) {
  const state = editor.live?.state
  const [text, setText] = useState('')
  useEffect(() => {
    if (state === undefined) return
    const timer = setTimeout(() => setText(isFinal(state) ? ends[state] : generationWords[state]), 400)
    return () => clearTimeout(timer)
  }, [state])
  return (
    <p className="sr-only" role="status" aria-label="Generation state">
      {text}
    </p>
  )
}
