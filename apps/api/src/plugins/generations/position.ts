/** Where a watcher stands: the generations it follows and the seq of the last event it has of each. */
export type Position = {
  /** Follows a generation from its first event, unless it is followed or has ended before our eyes. */
  start: (generationId: string) => void
  /** The seq of the last event sent; null for a generation that is not followed. */
  of: (generationId: string) => number | null
  advance: (generationId: string, seq: number, isLast: boolean) => void
  open: () => string[]
  /** As an event id: `gen_…:17,gen_…:3`. */
  write: () => string
}

const entry = /^(gen_[0-9a-z]{26}):(\d{1,9})$/

/** Reads an event id back. What is not one of ours is passed over: the watch then begins anew. */
export function readPosition(eventId: string | null | undefined): Position {
  const seqs = new Map<string, number>()
  const ended = new Set<string>()
  for (const part of (eventId ?? '').split(',')) {
    const match = entry.exec(part)
    if (match?.[1] !== undefined) seqs.set(match[1], Number(match[2]))
  }
  return {
    start: (id) => {
      if (!seqs.has(id) && !ended.has(id)) seqs.set(id, 0)
    },
    of: (id) => seqs.get(id) ?? null,
    advance: (id, seq, isLast) => {
      seqs.set(id, seq)
      if (!isLast) return
      seqs.delete(id)
      ended.add(id)
    },
    open: () => [...seqs.keys()],
    // An id may not be empty: an empty one would not be sent back.
    write: () => [...seqs].map(([id, seq]) => `${id}:${seq}`).join(',') || 'none',
  }
}
