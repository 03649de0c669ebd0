import { formatTokens } from '@tallyforge/core/money'
import { cn } from '@tallyforge/ui/cn'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import type { Balance } from '../trpc.ts'

/** The number, large; beside it what is held and what this month took. */
export function BalanceFigures({ balance }: { balance: Balance | undefined }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border bg-line md:grid-cols-[2fr_1fr_1fr]">
      <Figure
        label="Available"
        note="Ready to spend"
        amount={balance?.available}
        className="max-md:col-span-2"
        isLarge
      />
      <Figure label="Held" note="Set aside for running calls" amount={balance?.held} />
      <Figure label="Spent this month" note="Settled since the 1st" amount={balance?.spentThisMonth} />
    </dl>
  )
}

type FigureProps = {
  label: string
  note: string
  amount: bigint | undefined
  isLarge?: boolean
  className?: string
}

function Figure({ label, note, amount, isLarge = false, className }: FigureProps) {
  return (
    <div className={cn('flex min-w-0 flex-col bg-surface px-4 py-4 md:px-5', className)}>
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="mt-1 flex h-9 items-end">
        {amount === undefined ? (
          <Skeleton className="mb-1 h-6 w-28" />
        ) : (
          <span className={cn('figures truncate font-medium', isLarge ? 'text-2xl' : 'text-xl')}>
            {formatTokens(amount)}
          </span>
        )}
      </dd>
      <dd className="mt-1 text-faint text-xs">{note}</dd>
    </div>
  )
}
