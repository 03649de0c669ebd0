import { type ReactNode, useId } from 'react'
import { cn } from './cn.tsx'
import { Skeleton } from './Skeleton.tsx'

export type LegendItem = {
  label: string
  /** How it is drawn in the chart; nothing for a figure that the chart does not draw. */
  mark?: 'line' | 'bar'
  /** Null while it is not known: its room is kept. */
  value?: ReactNode
}

type ChartFrameProps = {
  title: ReactNode
  /** Stands at the right of the title: what is shown, such as a month. */
  aside?: ReactNode
  legend?: readonly LegendItem[]
  /** What the chart says in a sentence; the frame's description for screen readers too. */
  summary?: ReactNode
  /** `loading` keeps the room of the chart, `dimmed` the last chart until the next one is here. */
  state: 'ready' | 'loading' | 'dimmed' | 'message'
  /** In place of the chart: why it is empty, or what failed and what to do. */
  message?: ReactNode
  /** The same figures as a table, for those who cannot see the chart. */
  table?: ReactNode
  /** Height of the room for the chart, as a class: the frame never jumps. */
  className: string
  children?: ReactNode
}

/** Everything around a chart: title, legend, its states, and the ways to read it without seeing it. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, aside, legend = [], summary, state, message, table, className, children } = props
  const id = useId()
  const isBusy = state === 'loading' || state === 'dimmed'
  return (
    <figure
      aria-labelledby={`${id}-title`}
      aria-describedby={summary ? `${id}-summary` : undefined}
      aria-busy={isBusy}
      className="relative rounded-md border bg-surface"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 pt-3 md:px-5">
        <h2 id={`${id}-title`} className="font-medium text-base">
          {title}
        </h2>
        {aside}
      </div>
      {legend.length > 0 && (
        <dl className="mt-2 grid grid-cols-2 gap-x-6 gap-y-2 px-4 sm:flex md:px-5">
          {legend.map((item) => (
            <Legend key={item.label} item={item} isLoading={state === 'loading'} />
          ))}
        </dl>
      )}
      <div className={cn('mt-3 px-1 pb-3 md:px-2', className)}>
        {state === 'loading' && <Skeleton className="mx-3 h-full w-auto" />}
        {state === 'message' && <div className="flex h-full flex-col justify-center px-3">{message}</div>}
        {(state === 'ready' || state === 'dimmed') && (
          <div className={cn('h-full transition-opacity', state === 'dimmed' && 'opacity-40')}>
            {children}
          </div>
        )}
      </div>
      {/* On a narrow screen a sentence takes about three lines: their room is kept from the start. */}
      {summary && (
        <figcaption
          id={`${id}-summary`}
          className="min-h-19 border-t px-4 py-2 text-muted text-sm sm:min-h-0 md:px-5"
        >
          {summary}
        </figcaption>
      )}
      {table && state !== 'loading' && <div className="sr-only">{table}</div>}
    </figure>
  )
}

const marks = { line: 'h-0.5 w-3 rounded-full bg-ink', bar: 'size-2 rounded-[2px] bg-faint' } as const

function Legend({ item, isLoading }: { item: LegendItem; isLoading: boolean }) {
  const { label, mark, value } = item
  return (
    <div className="sm:min-w-18">
      <dt className="flex items-center gap-1.5 text-muted text-xs">
        {mark && <span aria-hidden className={marks[mark]} />}
        {label}
      </dt>
      {value !== undefined && (
        <dd className="figures flex h-5 items-center text-sm">
          {isLoading ? <Skeleton className="h-3 w-16" /> : (value ?? '–')}
        </dd>
      )}
    </div>
  )
}
