import { type GenerationState, isFinal } from '@tallyforge/core/plugins/states'
import { GenerationBadge } from '@tallyforge/ui/StateBadge'
import { useLive } from './LiveProvider.tsx'

/** The state of a generation as the stream tells it, else as it was loaded. */
export function LiveBadge({ id, state: loaded }: { id: string; state: GenerationState }) {
  const live = useLive((all) => all[id]?.state)
  return <GenerationBadge state={isFinal(loaded) ? loaded : (live ?? loaded)} />
}
