import {
  failedMessages,
  failureText,
  placeOf,
  repairPrompt,
  stoppedText,
} from '@tallyforge/core/plugins/outcome'
import { Button } from '@tallyforge/ui/Button'
import { NotDone } from '@tallyforge/ui/NotDone'
import { CircleCheck, CircleSlash, CircleX } from 'lucide-react'
import type { Generation, Version, VersionDetail } from '../../trpc.ts'
import { DownloadButtons, Downloads } from './Downloads.tsx'
import { HowToUse } from './HowToUse.tsx'
import { RestoreButton } from './RestoreButton.tsx'
import { Result } from './Result.tsx'

type ResultCardProps = {
  version: VersionDetail
  generation: Generation | undefined
  canWrite: boolean
  isLatest: boolean
  /** The newest ready version, when that is not the one that is shown. */
  ready: Version | undefined
  onShow: (versionId: string) => void
  onRepair: (prompt: string) => void
  onRestored: () => void
  onShowAll: () => void
}

/** The one clear result of a version: install it, or repair it. */
export function ResultCard(props: ResultCardProps) {
  const { version, generation, canWrite, isLatest, ready, onShow, onRepair, onRestored, onShowAll } = props
  if (version.state === 'ready') {
    return (
      <Result
        icon={<CircleCheck size={16} className="text-good" aria-hidden />}
        title={`Version ${version.number} is ready`}
        text="It builds, and its commands are registered."
      >
        {generation && <NotDone prose={generation.prose} charged={generation.cost?.charged ?? 0n} />}
        <Downloads version={version} />
        {canWrite && !isLatest && <RestoreButton version={version} onRestored={onRestored} />}
        {version.summary && <HowToUse summary={version.summary} onShowAll={onShowAll} />}
      </Result>
    )
  }
  if (version.state === 'canceled') {
    return (
      <Result
        icon={<CircleSlash size={16} className="text-muted" aria-hidden />}
        title={`Version ${version.number} was stopped`}
        text={`${stoppedText(generation)} What was written so far is kept.`}
      >
        {ready && <ReadyInstead version={ready} onShow={onShow} />}
      </Result>
    )
  }
  return (
    <Result
      icon={<CircleX size={16} className="text-bad" aria-hidden />}
      title={`Version ${version.number} is not ready`}
      text={failureText(generation)}
    >
      <Errors version={version} />
      {canWrite && <TryAgain version={version} generation={generation} onRepair={onRepair} />}
      {ready && <ReadyInstead version={ready} onShow={onShow} />}
    </Result>
  )
}

/** What works is had without looking for it. */
function ReadyInstead({ version, onShow }: { version: Version; onShow: (versionId: string) => void }) {
  return (
    <section aria-label="What is ready" className="mt-4 border-t pt-4">
      <p className="flex items-center gap-2 font-medium">
        <CircleCheck size={16} className="text-good" aria-hidden />
        Version {version.number} is ready
      </p>
      <DownloadButtons version={version} />
      <button
        type="button"
        onClick={() => onShow(version.id)}
        className="mt-2 rounded-sm text-muted text-xs underline decoration-line-strong underline-offset-4 hover:text-ink"
      >
        Show version {version.number}
      </button>
    </section>
  )
}

type TryAgainProps = Pick<ResultCardProps, 'version' | 'generation' | 'onRepair'>

/** The next prompt, ready to be sent: the errors; or, when no check failed (the model broke off), the same words again. */
function TryAgain({ version, generation, onRepair }: TryAgainProps) {
  const repair = repairPrompt(version)
  const prompt = repair ?? generation?.prompt
  if (prompt === undefined) return null
  return (
    <Button className="mt-3 w-full" onClick={() => onRepair(prompt)}>
      {repair !== null ? 'Try again with this error' : 'Try again'}
    </Button>
  )
}

/** As many as one looks at first; all of them stand under Checks. */
export const shownErrors = 3

function Errors({ version }: { version: VersionDetail }) {
  const messages = failedMessages(version)
  if (messages.length === 0) return null
  return (
    <ul aria-label="Errors" className="mt-3 flex flex-col gap-2 rounded-md bg-bad-soft px-3 py-2.5 text-sm">
      {messages.slice(0, shownErrors).map((message) => (
        <li key={`${placeOf(message)}${message.text}`} className="break-words">
          {placeOf(message) !== '' && (
            <span className="block font-mono text-muted text-xs">{placeOf(message)}</span>
          )}
          {message.text}
        </li>
      ))}
      {messages.length > shownErrors && (
        <li className="text-muted">{messages.length - shownErrors} more below</li>
      )}
    </ul>
  )
}
