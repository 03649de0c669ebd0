import { formatTokens } from '@tallyforge/core/money'
import { ChartFrame, type LegendItem } from '@tallyforge/ui/ChartFrame'
import { useNow } from '@tallyforge/ui/now'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { keepPreviousData } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { LoadError } from '../frame/LoadError.tsx'
import { useOrg } from '../frame/org.ts'
import { type BurnDown as Month, trpc } from '../trpc.ts'
import { BurnDownTable } from './BurnDownTable.tsx'
import { MonthSwitch } from './MonthSwitch.tsx'
import { dayText, monthText } from './utc-days.ts'

// The library that draws is large: it comes after the figures.
const BurnDownChart = lazy(() =>
  import('./BurnDownChart.tsx').then((chart) => ({ default: chart.BurnDownChart })),
)

/** A month of the balance: as a chart, as a sentence, and as a table for screen readers. */
export function BurnDown({ month }: { month: string | undefined }) {
  const { org } = useOrg()
  const running = useNow(60_000).toISOString().slice(0, 7)
  const query = trpc.tokens.burnDown.useQuery({ orgId: org.id, month }, { placeholderData: keepPreviousData })
  const { data } = query
  const shown = month ?? (data && !query.isPlaceholderData ? data.month : running)
  const hasFailed = query.isError && (!data || query.isPlaceholderData)
  const isEmpty = data !== undefined && !query.isPlaceholderData && data.days.length === 0
  const dimmed = query.isPlaceholderData ? 'dimmed' : 'ready'
  const loaded = hasFailed || isEmpty ? 'message' : dimmed
  return (
    <ChartFrame
      title="Burn-down"
      className="h-[236px]"
      aside={<MonthSwitch month={shown} running={running} firstMonth={data?.firstMonth} />}
      state={data || hasFailed ? loaded : 'loading'}
      legend={legendOf(hasFailed ? undefined : data)}
      summary={hasFailed ? undefined : summaryOf(data)}
      table={data && !hasFailed && <BurnDownTable month={data} />}
      message={
        hasFailed ? (
          <LoadError error={query.error} onRetry={() => void query.refetch()} what="the month" />
        ) : (
          <p className="text-center text-muted">{monthText(shown)} has not begun.</p>
        )
      }
    >
      {data && (
        <Suspense fallback={<Skeleton className="mx-3 h-full w-auto" />}>
          <BurnDownChart month={data} />
        </Suspense>
      )}
    </ChartFrame>
  )
}

function legendOf(month: Month | undefined): LegendItem[] {
  const figure = (amount: bigint | undefined) => (amount === undefined ? null : formatTokens(amount))
  return [
    { label: 'Balance', mark: 'line', value: figure(month?.days.at(-1)?.balance ?? month?.opening) },
    { label: 'Spent', mark: 'bar', value: figure(month?.spent) },
    { label: 'Added', value: figure(month?.granted) },
    { label: 'Expired', value: figure(month?.expired) },
  ]
}

function summaryOf(data: Month | undefined): ReactNode {
  if (data === undefined) return <Skeleton className="my-0.5 h-4 w-72 max-w-full" />
  const { month, opening, granted, spent, expired, days } = data
  const last = days.at(-1)
  if (last === undefined) return `${monthText(month)} has not begun.`
  const moves = [
    granted > 0n && `${formatTokens(granted)} added`,
    spent > 0n && `${formatTokens(spent)} spent`,
    expired > 0n && `${formatTokens(expired)} expired`,
  ].filter((part) => part !== false)
  const moved = moves.length === 0 ? 'nothing changed' : moves.join(', ')
  const isToday = last.date === new Date().toISOString().slice(0, 10)
  const end = `${formatTokens(last.balance)} ${isToday ? 'so far on' : 'at the end of'} ${dayText(last.date)}`
  return `${monthText(month)} began with ${formatTokens(opening)} tokens; ${moved}; ${end} (UTC).`
}
