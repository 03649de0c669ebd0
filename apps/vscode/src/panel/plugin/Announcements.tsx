import type { LiveGeneration } from '@tallyforge/client/live'
import { isFinal } from '@tallyforge/core/plugins/states'
import { endWords, generationWords } from '@tallyforge/core/plugins/words'
import { useSettled } from '@tallyforge/ui/settled'
import { useLive } from '../live/LiveProvider.tsx'
import type { ShownPlugin } from './shown-plugin.ts'

/** What rushes by faster than this, as in a replay, is left out. */
const settleMs = 600

/** Tells screen readers each new state and each file that is begun, and nothing in between. */
export function Announcements({ shown: { newest } }: { shown: ShownPlugin }) {
  const live = useLive((all) => (newest ? all[newest.id] : undefined))
  return (
    <p className="sr-only" role="status" aria-label="Generation state">
      {useSettled(wordsOf(live), settleMs)}
    </p>
  )
}

function wordsOf(live: LiveGeneration | undefined): string {
  if (live === undefined) return ''
  const { state, openPath } = live
  if (isFinal(state)) return endWords[state]
  return openPath === null ? generationWords[state] : `${generationWords[state]} ${openPath}`
}
