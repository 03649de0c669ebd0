import { type GenerationEvent, type LiveGeneration, reduceLive } from '@tallyforge/client/live'
import { useCallback, useEffect, useRef, useState } from 'react'
import recorded from './replay.json'

/** A stored generation, made in a checkout by `pnpm record-replay`. */
export const replay = {
  ...recorded,
  held: BigInt(recorded.held),
  charged: BigInt(recorded.charged),
  events: recorded.events as { ms: number; event: GenerationEvent }[],
}

const endMs = replay.events.at(-1)?.ms ?? 0
const tickMs = 50

/** How the generation stood after its first `count` events. The same reducer as the editor's. */
function stateAfter(count: number): LiveGeneration | undefined {
  return replay.events
    .slice(0, count)
    .reduce(
      (live, { event }, index) =>
        reduceLive(live, { type: 'event', generationId: 'replay', seq: index + 1, at: new Date(0), event }),
      {} as Record<string, LiveGeneration>,
    ).replay
}

const countAt = (ms: number) => {
  const later = replay.events.findIndex((event) => event.ms > ms)
  return later === -1 ? replay.events.length : later
}

/** Plays the events at the pace at which they were stored. Under reduced motion it begins at the end. */
export function useReplay(isInSight: boolean) {
  const [isStill] = useState(() => window.matchMedia('(prefers-reduced-motion: reduce)').matches)
  const [ms, setMs] = useState(isStill ? endMs : 0)
  const [isPaused, setPaused] = useState(false)
  const isOver = ms >= endMs
  const isPlaying = isInSight && !isPaused && !isOver
  useEffect(() => {
    if (!isPlaying) return
    const timer = setInterval(() => setMs((last) => Math.min(endMs, last + tickMs)), tickMs)
    return () => clearInterval(timer)
  }, [isPlaying])

  const count = countAt(ms)
  const known = useRef({ count: -1, state: undefined as LiveGeneration | undefined })
  if (known.current.count !== count) known.current = { count, state: stateAfter(count) }
  return {
    generation: known.current.state,
    ms,
    isOver,
    isPaused: isPaused && !isOver,
    toggle: useCallback(() => setPaused((last) => !last), []),
    restart: useCallback(() => {
      setPaused(false)
      setMs(0)
    }, []),
  }
}
