import { type GenerationState, isFinal } from '@tallyforge/core/plugins/states'
import { GenerationBadge as Badge } from '@tallyforge/ui/StateBadge'
import { useLive } from './LiveProvider.tsx'

/** The state of a generation as the stream tells it, else as it was loaded. */
export function GenerationBadge({ id, state: loaded }: { id: string; state: GenerationState }) {
  const live = useLive((all) => all[id]?.state)
  return <Badge state={isFinal(loaded) ? loaded : (live ?? loaded)} />
}
