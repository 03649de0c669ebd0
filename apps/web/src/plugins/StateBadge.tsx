import { type GenerationState, isFinal, type VersionState } from '@tallyforge/core/plugins/states'
import { Badge, type Tone } from '@tallyforge/ui/Badge'
import { CircleCheck, CircleDashed, CircleSlash, CircleX, LoaderCircle } from 'lucide-react'
import { useLive } from './LiveProvider.tsx'

/** The words for every state, one table. */
export const generationWords: Record<GenerationState, string> = {
  queued: 'Waiting',
  running: 'Writing',
  validating: 'Checking',
  repairing: 'Repairing',
  succeeded: 'Ready',
  failed: 'Not ready',
  canceled: 'Canceled',
}

const looks = {
  ready: { tone: 'good', Icon: CircleCheck, word: 'Ready' },
  failed: { tone: 'bad', Icon: CircleX, word: 'Not ready' },
  canceled: { tone: 'plain', Icon: CircleSlash, word: 'Canceled' },
} as const satisfies Record<VersionState, { tone: Tone; Icon: typeof CircleX; word: string }>

const ends = { succeeded: 'ready', failed: 'failed', canceled: 'canceled' } as const

export function VersionBadge({ state }: { state: VersionState }) {
  const { tone, Icon, word } = looks[state]
  return (
    <Badge tone={tone}>
      <Icon size={12} aria-hidden />
      {word}
    </Badge>
  )
}

/** The state of a generation as the stream tells it, else as it was loaded. */
export function GenerationBadge({ id, state: loaded }: { id: string; state: GenerationState }) {
  const live = useLive((all) => all[id]?.state)
  const state = isFinal(loaded) ? loaded : (live ?? loaded)
  if (isFinal(state)) return <VersionBadge state={ends[state]} />
  return (
    <Badge tone={state === 'queued' ? 'plain' : 'live'}>
      {state === 'queued' ? (
        <CircleDashed size={12} aria-hidden />
      ) : (
        <LoaderCircle size={12} className="animate-spin" aria-hidden />
      )}
      {generationWords[state]}
    </Badge>
  )
}
