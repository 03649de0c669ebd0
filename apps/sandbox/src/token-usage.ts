import type { Model } from './models.ts'

export type TokenUsage = {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details: { cached_tokens: number }
}

type Characters = { prompt: number; cached: number; completion: number }

/** A token here is four UTF-16 units, rounded up. Undefined for a model that keeps silent about its usage. */
export function tokenUsage(model: Model, characters: Characters): TokenUsage | undefined {
  if (model.usage === 'none') return undefined
  const isLiar = model.usage === 'liar'
  const prompt = isLiar ? -5 : tokens(characters.prompt)
  const completion = isLiar ? 1e15 : tokens(characters.completion)
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: tokens(characters.cached) },
  }
}

function tokens(characters: number): number {
  return Math.ceil(characters / 4)
}
