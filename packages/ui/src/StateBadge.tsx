import { type GenerationState, isFinal, type VersionState } from '@tallyforge/core/plugins/states'
import { generationWords, versionWords } from '@tallyforge/core/plugins/words'
import { CircleCheck, CircleDashed, CircleSlash, CircleX, LoaderCircle } from 'lucide-react'
import { Badge, type Tone } from './Badge.tsx'

const looks = {
  ready: { tone: 'good', Icon: CircleCheck },
  failed: { tone: 'bad', Icon: CircleX },
  canceled: { tone: 'plain', Icon: CircleSlash },
} as const satisfies Record<VersionState, { tone: Tone; Icon: typeof CircleX }>

const ends = { succeeded: 'ready', failed: 'failed', canceled: 'canceled' } as const

export function VersionBadge({ state }: { state: VersionState }) {
  const { tone, Icon } = looks[state]
  return (
    <Badge tone={tone}>
      <Icon size={12} aria-hidden />
      {versionWords[state]}
    </Badge>
  )
}

/** How a generation stands; once it has ended, what it made. */
export function GenerationBadge({ state }: { state: GenerationState }) {
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
