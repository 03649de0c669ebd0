import { durationText } from '@tallyforge/core/format'
import { type GateStepResult, gateSteps } from '@tallyforge/core/plugins/gate'
import { placeOf } from '@tallyforge/core/plugins/outcome'
import { gateStepWords } from '@tallyforge/core/plugins/words'
import { CircleCheck, CircleDashed, CircleX, LoaderCircle } from 'lucide-react'
import { cn } from './cn.tsx'

type GateStepsProps = {
  steps: readonly GateStepResult[]
  /** The gate is at work: the first step without a result is the one it is at. */
  isRunning?: boolean
  /** The messages of what failed stand elsewhere already. */
  isBrief?: boolean
  className?: string
}

/** What a version must pass, in order, with times and messages. */
export function GateSteps({ steps, isRunning = false, isBrief = false, className }: GateStepsProps) {
  const current = isRunning ? gateSteps[steps.length] : undefined
  return (
    <ol aria-label="Checks" className={cn('flex flex-col', className)}>
      {gateSteps.map((name) => {
        const result = steps.find(({ step }) => step === name)
        return (
          <li key={name} className="py-[3px]">
            <div
              className={cn('flex items-center gap-2 text-sm', !result && name !== current && 'text-faint')}
            >
              <StepIcon status={result?.status ?? (name === current ? 'running' : 'waiting')} />
              <span className="flex-1">{gateStepWords[name]}</span>
              {result && (
                <span className="figures text-faint text-xs">{durationText(result.durationMs)}</span>
              )}
            </div>
            {result && result.messages.length > 0 && !(isBrief && result.status === 'failed') && (
              <Messages result={result} />
            )}
          </li>
        )
      })}
    </ol>
  )
}

const icons = {
  passed: { Icon: CircleCheck, className: 'text-good', word: 'passed' },
  failed: { Icon: CircleX, className: 'text-bad', word: 'failed' },
  running: { Icon: LoaderCircle, className: 'animate-spin text-accent-ink', word: 'running' },
  waiting: { Icon: CircleDashed, className: 'text-faint', word: 'not run' },
} as const

function StepIcon({ status }: { status: keyof typeof icons }) {
  const { Icon, className, word } = icons[status]
  return (
    <>
      <Icon size={14} className={cn('shrink-0', className)} aria-hidden />
      <span className="sr-only">{word}: </span>
    </>
  )
}

function Messages({ result }: { result: GateStepResult }) {
  return (
    <ul className="mt-1 mb-1.5 ml-[22px] flex flex-col gap-1.5 border-l pl-3 text-sm">
      {result.messages.map((message) => {
        const place = placeOf(message)
        return (
          <li key={`${place}${message.text}`} className="break-words">
            {place && <span className="block font-mono text-faint text-xs">{place}</span>}
            {message.text}
          </li>
        )
      })}
    </ul>
  )
}
