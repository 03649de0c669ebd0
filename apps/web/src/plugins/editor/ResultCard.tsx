import { Button } from '@tallyforge/ui/Button'
import { CircleCheck, CircleSlash, CircleX } from 'lucide-react'
import type { Generation, VersionDetail } from '../../trpc.ts'
import { Downloads } from './Downloads.tsx'
import { placeOf } from './GateSteps.tsx'
import { RestoreButton } from './RestoreButton.tsx'

type ResultCardProps = {
  version: VersionDetail
  generation: Generation | undefined
  canWrite: boolean
  isLatest: boolean
  onRepair: (prompt: string) => void
  onRestored: () => void
}

/** The one clear result of a version: install it, or repair it. */
export function ResultCard(props: ResultCardProps) {
  const { version, generation, canWrite, isLatest, onRepair, onRestored } = props
  const restore = canWrite && !isLatest && <RestoreButton version={version} onRestored={onRestored} />
  if (version.state === 'ready') {
    return (
      <div>
        <p className="flex items-center gap-2 font-medium">
          <CircleCheck size={16} className="text-good" aria-hidden />
          Version {version.number} is ready
        </p>
        <p className="mt-0.5 text-muted text-sm">It builds, and its commands are registered.</p>
        <Downloads version={version} />
        {restore}
      </div>
    )
  }
  if (version.state === 'canceled') {
    return (
      <div>
        <p className="flex items-center gap-2 font-medium">
          <CircleSlash size={16} className="text-muted" aria-hidden />
          Version {version.number} was stopped
        </p>
        <p className="mt-0.5 text-muted text-sm">
          You paid for what was used until then. What was written so far is kept.
        </p>
        {restore}
      </div>
    )
  }
  return (
    <div>
      <p className="flex items-center gap-2 font-medium">
        <CircleX size={16} className="text-bad" aria-hidden />
        Version {version.number} is not ready
      </p>
      <p className="mt-0.5 text-muted text-sm">{failureText(generation)}</p>
      {canWrite && (
        <Button className="mt-3 w-full" onClick={() => onRepair(repairPrompt(version))}>
          Try again with this error
        </Button>
      )}
      {restore}
    </div>
  )
}

function failureText(generation: Generation | undefined): string {
  if (generation?.failure) return generation.failure
  const isCharged = generation?.cost != null && generation.cost.charged > 0n
  return isCharged ? 'It did not build.' : 'It did not build. You were not charged.'
}

/** The gate's words as a prompt: they tell the model what to repair. */
function repairPrompt(version: VersionDetail): string {
  const messages = version.steps
    .filter(({ status }) => status === 'failed')
    .flatMap((step) => step.messages)
    .map((message) => ['-', placeOf(message), message.text].filter(Boolean).join(' '))
  return ['The last version did not build. Fix these errors:', ...messages].join('\n')
}
