import { type KeyboardEvent, type PointerEvent, useState } from 'react'

const bounds = { min: 260, max: 560 }
const bounded = (width: number) => Math.min(bounds.max, Math.max(bounds.min, width))

/** The width of a pane, kept on this device. */
export function usePaneWidth(name: string, initial: number) {
  const key = `pane:${name}`
  const [width, setWidth] = useState(() => bounded(Number(localStorage.getItem(key)) || initial))
  const resize = (next: number) => {
    const kept = bounded(Math.round(next))
    localStorage.setItem(key, String(kept))
    setWidth(kept)
  }
  return { width, resize, reset: () => resize(initial) }
}
type PaneWidth = ReturnType<typeof usePaneWidth>

type SplitterProps = { label: string; pane: PaneWidth; side: 'left' | 'right' }

/** A border that can be dragged, or moved with the arrow keys; a double click puts it back. */
export function Splitter({ label, pane, side }: SplitterProps) {
  const sign = side === 'left' ? 1 : -1
  const drag = (event: PointerEvent<HTMLHRElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) {
      pane.resize(pane.width + sign * event.movementX)
    }
  }
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -16, ArrowRight: 16 }
    const step = steps[event.key]
    if (step !== undefined) pane.resize(pane.width + sign * step)
  }
  return (
    <hr
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={pane.width}
      aria-valuemin={bounds.min}
      aria-valuemax={bounds.max}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
      onDoubleClick={pane.reset}
      className="relative z-10 m-0 h-auto w-px shrink-0 cursor-col-resize touch-none self-stretch border-0 bg-line transition-colors before:absolute before:inset-y-0 before:-left-1 before:w-[9px] hover:bg-line-strong focus-visible:bg-accent active:bg-accent"
    />
  )
}
