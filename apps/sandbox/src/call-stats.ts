type Count = { requests: number; aborted: number; completed: number }
export type CallStats = Count & { byModel: Record<string, Count> }
export type CallCounter = {
  count: (model: string, event: keyof Count) => void
  stats: () => CallStats
}

/** Counts calls: what is neither aborted by the client nor completed is open, or was broken off on purpose. */
export function callCounter(): CallCounter {
  const total: Count = { requests: 0, aborted: 0, completed: 0 }
  const byModel = new Map<string, Count>()
  return {
    count(model, event) {
      const one = byModel.get(model) ?? { requests: 0, aborted: 0, completed: 0 }
      byModel.set(model, { ...one, [event]: one[event] + 1 })
      total[event] += 1
    },
    stats: () => ({ ...total, byModel: Object.fromEntries(byModel) }),
  }
}
