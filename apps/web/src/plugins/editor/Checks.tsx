import { countText, durationText } from '@tallyforge/core/format'
import { cn } from '@tallyforge/ui/cn'
import { GateSteps } from '@tallyforge/ui/GateSteps'
import { ChevronRight, CircleCheck } from 'lucide-react'
import { useId, useState } from 'react'
import type { Step } from '../../trpc.ts'

type ChecksProps = {
  steps: readonly Step[]
  isRunning: boolean
  /** All passed: one line says so, and opens. */
  isReady: boolean
  isBrief: boolean
}

/** What the platform has proven of the version that is shown, or is proving. */
export function Checks({ steps, isRunning, isReady, isBrief }: ChecksProps) {
  const [isOpen, setOpen] = useState(false)
  const listId = useId()
  const total = steps.reduce((sum, { durationMs }) => sum + durationMs, 0)
  return (
    <section aria-label="Checks" className="px-4 py-3">
      {isReady ? (
        <h2>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={listId}
            onClick={() => setOpen(!isOpen)}
            className="-mx-2 flex w-[calc(100%+1rem)] items-center gap-2 rounded-md px-2 py-1 text-left text-sm transition-colors hover:bg-hover"
          >
            <CircleCheck size={14} className="shrink-0 text-good" aria-hidden />
            <span className="flex-1">{countText(steps.length, 'check')} passed</span>
            <span className="figures text-faint text-xs">{durationText(total)}</span>
            <ChevronRight
              size={14}
              aria-hidden
              className={cn('shrink-0 text-faint transition-transform', isOpen && 'rotate-90')}
            />
          </button>
        </h2>
      ) : (
        <h2 className="mb-1.5 text-faint text-sm">Checks</h2>
      )}
      <div id={listId} hidden={isReady && !isOpen} className={cn(isReady && 'mt-1')}>
        <GateSteps steps={steps} isRunning={isRunning} isBrief={isBrief} />
      </div>
    </section>
  )
}
