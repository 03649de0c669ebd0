import { formatTokens, microtokensPerToken } from '@tallyforge/core/money'
import { datesOf } from '@tallyforge/core/tokens/burn-down'
import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceDot,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { BurnDown } from '../trpc.ts'
import { dayText, dayTick } from './utc-days.ts'

type Day = BurnDown['days'][number]
/** Numbers for drawing only: what is read comes from the day itself. */
type Point = { date: string; balance: number | null; spent: number | null; day: Day | null }

const drawn = (amount: bigint) => Number(amount) / Number(microtokensPerToken)
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })
const tick = { fontSize: 11, fill: 'var(--tf-faint)', fontFamily: 'var(--font-mono)' }
const margin = { top: 8, right: 16, bottom: 0, left: 0 }

/** The balance over what each day spent: two plots on one line of days, each from zero. */
export function BurnDownChart({ month }: { month: BurnDown }) {
  const points = pointsOf(month)
  const last = points.findLast((point) => point.day !== null)
  return (
    <div className="flex h-full flex-col">
      <p className="pl-2 text-faint text-xs" aria-hidden>
        Balance
      </p>
      <div className="min-h-0 flex-1">
        <ResponsiveContainer>
          <AreaChart data={points} syncId="burn-down" margin={margin} title="Balance at the end of each day">
            <CartesianGrid vertical={false} stroke="var(--tf-line)" />
            <XAxis
              dataKey="date"
              tick={false}
              tickLine={false}
              height={6}
              axisLine={{ stroke: 'var(--tf-line-strong)' }}
              padding={{ left: 8, right: 8 }}
            />
            <YAxis
              domain={[0, 'auto']}
              width={48}
              tick={tick}
              tickFormatter={compact.format}
              axisLine={false}
              tickLine={false}
              tickCount={3}
              interval={0}
            />
            <Tooltip
              content={({ active, payload }) => (
                <DayNote isShown={active} day={(payload?.[0]?.payload as Point | undefined)?.day} />
              )}
              cursor={{ stroke: 'var(--tf-line-strong)' }}
              isAnimationActive={false}
            />
            <Area
              type="step"
              dataKey="balance"
              stroke="var(--tf-ink)"
              strokeWidth={1.5}
              fill="var(--tf-ink)"
              fillOpacity={0.05}
              activeDot={{ r: 3, fill: 'var(--tf-ink)', stroke: 'var(--tf-surface)' }}
              isAnimationActive={false}
            />
            {last?.balance != null && (
              <ReferenceDot
                x={last.date}
                y={last.balance}
                r={3}
                fill="var(--tf-ink)"
                stroke="var(--tf-surface)"
              />
            )}
          </AreaChart>
        </ResponsiveContainer>
      </div>
      <p className="mt-3 pl-2 text-faint text-xs" aria-hidden>
        Spent each day
      </p>
      {/* The plot above speaks for both: its note tells the whole day. */}
      <div className="h-20" aria-hidden>
        <ResponsiveContainer>
          <BarChart data={points} syncId="burn-down" margin={margin} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--tf-line)" />
            <XAxis
              dataKey="date"
              tick={tick}
              tickFormatter={dayTick}
              tickLine={false}
              axisLine={{ stroke: 'var(--tf-line-strong)' }}
              minTickGap={24}
              padding={{ left: 8, right: 8 }}
            />
            <YAxis
              width={48}
              tick={tick}
              tickFormatter={compact.format}
              axisLine={false}
              tickLine={false}
              tickCount={2}
            />
            <Tooltip content={() => null} cursor={{ fill: 'var(--tf-hover)' }} isAnimationActive={false} />
            <Bar
              dataKey="spent"
              fill="var(--tf-faint)"
              radius={[2, 2, 0, 0]}
              maxBarSize={20}
              isAnimationActive={false}
            />
          </BarChart>
        </ResponsiveContainer>
      </div>
    </div>
  )
}

/** Every day of the month, so that the line of days is whole from its first day on; those to come are empty. */
function pointsOf({ month, days }: BurnDown): Point[] {
  const known = new Map(days.map((day) => [day.date, day]))
  return datesOf(month).map((date) => {
    const day = known.get(date) ?? null
    return { date, day, balance: day && drawn(day.balance), spent: day && drawn(day.spent) }
  })
}

function DayNote({ isShown, day }: { isShown: boolean; day: Day | null | undefined }) {
  if (!isShown || !day) return null
  const lines = [
    ['Balance', formatTokens(day.balance)],
    ['Spent', formatTokens(day.spent)],
    ['Added', day.granted > 0n && formatTokens(day.granted)],
    ['Expired', day.expired > 0n && formatTokens(day.expired)],
  ] as const
  return (
    <div className="rounded-md border border-line-strong bg-surface px-2.5 py-2 text-xs shadow-float">
      <p className="mb-1 font-medium">{dayText(day.date)}</p>
      <dl className="grid grid-cols-[auto_auto] gap-x-4">
        {lines.map(
          ([label, value]) =>
            value !== false && (
              <div key={label} className="contents">
                <dt className="text-muted">{label}</dt>
                <dd className="figures text-right">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  )
}
