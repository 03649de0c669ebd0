import type { Generation, VersionDetail } from '@tallyforge/client/outputs'
import {
  failedMessages,
  failureText,
  placeOf,
  repairPrompt,
  stoppedText,
} from '@tallyforge/core/plugins/outcome'
import { Button } from '@tallyforge/ui/Button'
import { GateSteps } from '@tallyforge/ui/GateSteps'
import { NotDone } from '@tallyforge/ui/NotDone'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { CircleCheck, CircleSlash, CircleX } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { LoadError } from '../frame/LoadError.tsx'
import { HowToUse } from './HowToUse.tsx'
import { Installation } from './Installation.tsx'
import { RestoreButton } from './RestoreButton.tsx'
import { Section } from './Section.tsx'
import type { ShownPlugin } from './shown-plugin.ts'
import { VersionChanges } from './VersionChanges.tsx'
import { VersionFiles } from './VersionFiles.tsx'

type ResultProps = { shown: ShownPlugin; onRepair: (prompt: string) => void }

/** The one clear result of the version that is shown: install it, or repair it; and under it what it is made of. */
export function Result({ shown, onRepair }: ResultProps) {
  const { version, detail, thread } = shown
  const card = useRef<HTMLElement>(null)
  // The result is what one came for: whole, with as much of the thread above it as there is room for.
  useEffect(() => {
    if (version?.id !== undefined) card.current?.scrollIntoView({ block: 'nearest' })
  }, [version?.id])
  if (!version) {
    return (
      <div className="border-t p-3">
        {detail.isError ? (
          <LoadError error={detail.error} what="the version" onRetry={() => void detail.refetch()} />
        ) : (
          <Skeleton className="h-24 w-full" />
        )}
      </div>
    )
  }
  const made = thread?.find((generation) => generation.versionId === version.id)
  return (
    <>
      <section ref={card} aria-label="Result" className="border-t px-3 py-3">
        <Outcome version={version} generation={made}>
          {version.state === 'ready' && (
            <>
              {made && <NotDone prose={made.prose} charged={made.cost?.charged ?? 0n} />}
              <Installation version={version} />
            </>
          )}
          {version.state === 'failed' && (
            <>
              <Errors version={version} />
              {shown.canWrite && <TryAgain version={version} generation={made} onRepair={onRepair} />}
            </>
          )}
          {shown.isOlder && shown.canWrite && version.state === 'ready' && (
            <RestoreButton version={version} />
          )}
        </Outcome>
      </section>
      {version.summary && <HowToUse summary={version.summary} />}
      <VersionFiles version={version} shown={shown} />
      <VersionChanges version={version} shown={shown} />
      {version.steps.length > 0 && (
        <Section title="Checks" aside={checksText(version)}>
          <GateSteps steps={version.steps} />
        </Section>
      )}
    </>
  )
}

const checksText = ({ steps }: VersionDetail) =>
  `${steps.filter(({ status }) => status === 'passed').length} of ${steps.length} passed`

type OutcomeProps = { version: VersionDetail; generation: Generation | undefined; children: ReactNode }

/** A state in one line, and what it means in the next. */
function Outcome({ version, generation, children }: OutcomeProps) {
  const { Icon, className, title, text } = {
    ready: {
      Icon: CircleCheck,
      className: 'text-good',
      title: `Version ${version.number} is ready`,
      text: 'It builds, and its commands are registered.',
    },
    failed: {
      Icon: CircleX,
      className: 'text-bad',
      title: `Version ${version.number} is not ready`,
      text: failureText(generation),
    },
    canceled: {
      Icon: CircleSlash,
      className: 'text-muted',
      title: `Version ${version.number} was stopped`,
      text: `${stoppedText(generation)} What was written so far is kept.`,
    },
  }[version.state]
  return (
    <>
      <h2 className="flex items-center gap-1.5 font-semibold">
        <Icon size={16} className={className} aria-hidden />
        {title}
      </h2>
      <p className="mt-0.5 break-words text-muted">{text}</p>
      {children}
    </>
  )
}

type TryAgainProps = {
  version: VersionDetail
  generation: Generation | undefined
  onRepair: (prompt: string) => void
}

/** The next prompt, ready to be sent: the errors; or, when no check failed (the model broke off), the same words again. */
function TryAgain({ version, generation, onRepair }: TryAgainProps) {
  const repair = repairPrompt(version)
  const prompt = repair ?? generation?.prompt
  if (prompt === undefined) return null
  return (
    <Button variant="primary" size="sm" className="mt-2 w-full" onClick={() => onRepair(prompt)}>
      {repair === null ? 'Try again' : 'Try again with this error'}
    </Button>
  )
}

/** As many as one looks at first; all of them stand under Checks. */
const shownErrors = 3

function Errors({ version }: { version: VersionDetail }) {
  const messages = failedMessages(version)
  if (messages.length === 0) return null
  return (
    <ul aria-label="Errors" className="mt-2 flex flex-col gap-1.5 rounded-md bg-bad-soft px-2.5 py-2">
      {messages.slice(0, shownErrors).map((message) => (
        <li key={`${placeOf(message)}${message.text}`} className="break-words">
          {placeOf(message) !== '' && (
            <span className="block font-mono text-muted text-xs">{placeOf(message)}</span>
          )}
          {message.text}
        </li>
      ))}
      {messages.length > shownErrors && (
        <li className="text-muted">{messages.length - shownErrors} more under Checks</li>
      )}
    </ul>
  )
}
