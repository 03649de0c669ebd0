import type { Model } from './models.ts'
import type { Recalled } from './prefix-memory.ts'

/** `input` counts what the cache knew (`cached`) and what it keeps from now on (`created`), too. */
export type TokenUsage = { input: number; cached: number; created: number; output: number }

type Characters = Recalled & { input: number; output: number }

/** A token here is four UTF-16 units, rounded up. Undefined for a model that keeps silent about its usage. */
export function tokenUsage(model: Model, characters: Characters): TokenUsage | undefined {
  if (model.usage === 'none') return undefined
  const isLiar = model.usage === 'liar'
  const cached = tokens(characters.cached)
  return {
    input: isLiar ? -5 : tokens(characters.input),
    cached,
    // The difference of two sums: rounded on its own, the parts could be more than the whole.
    created: tokens(characters.cached + characters.created) - cached,
    output: isLiar ? 1e15 : tokens(characters.output),
  }
}

function tokens(characters: number): number {
  return Math.ceil(characters / 4)
}
