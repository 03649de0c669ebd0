import { cn } from '@tallyforge/ui/cn'
import type { GraphRow } from './version-graph.ts'

/** From one lane to the next, and where a row's node stands. Pixels. */
const laneGap = 12
const nodeTop = 17
/** Lanes further right share the last one: so many branches at once are not told apart anyway. */
const mostLanes = 6

const laneX = (lane: number) => 9 + Math.min(lane, mostLanes - 1) * laneGap

/** The room that a graph of so many lanes takes at the left of its rows. */
export const graphRoom = (lanes: number) => laneX(lanes - 1) + 16

const nodeLooks = {
  ready: 'border-surface bg-muted',
  failed: 'border-bad bg-surface',
  canceled: 'border-faint bg-surface',
  running: 'animate-pulse border-surface bg-accent',
} as const

type GraphLinesProps = { row: GraphRow; look: keyof typeof nodeLooks; isShown: boolean }

/** One row of the version graph: the lines that pass, begin and end here, and the node. */
export function GraphLines({ row, look, isShown }: GraphLinesProps) {
  const { lane, hasChildAbove, hasParentBelow, through, joined } = row
  const x = laneX(lane)
  return (
    <span aria-hidden className="pointer-events-none absolute inset-0">
      {[...new Set(through.map(laneX))].map((at) => (
        <span key={at} className="absolute inset-y-0 w-px bg-line-strong" style={{ left: at }} />
      ))}
      {hasChildAbove && (
        <span className="absolute top-0 w-px bg-line-strong" style={{ left: x, height: nodeTop }} />
      )}
      {hasParentBelow && (
        <span className="absolute bottom-0 w-px bg-line-strong" style={{ left: x, top: nodeTop }} />
      )}
      {joined.length > 0 && (
        <svg aria-hidden className="absolute top-0 left-0 overflow-visible" width={1} height={1}>
          {joined.map((from) => (
            <path
              key={from}
              d={bend(laneX(from) + 0.5, x + 0.5)}
              fill="none"
              className="stroke-line-strong"
            />
          ))}
        </svg>
      )}
      <span
        className={cn(
          'absolute size-[11px] rounded-full border-2',
          nodeLooks[look],
          isShown && look === 'ready' && 'bg-ink',
          isShown && 'outline-2 outline-line-strong',
        )}
        style={{ left: x - 5, top: nodeTop - 5.5 }}
      />
    </span>
  )
}

/** Down its own lane, then around a corner to the node. */
function bend(from: number, to: number): string {
  const radius = Math.min(8, Math.abs(from - to))
  const corner = from > to ? from - radius : from + radius
  return `M${from} 0V${nodeTop - radius}Q${from} ${nodeTop} ${corner} ${nodeTop}H${to}`
}
