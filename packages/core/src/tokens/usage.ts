/**
 * What one model call consumed, in the provider's tokens: non-negative safe integers.
 * `input` counts cached input too; `cachedInput` says how much of it was cached; reasoning is part of `output`.
 */
export type Usage = { input: number; cachedInput: number; output: number }

export const noUsage: Usage = { input: 0, cachedInput: 0, output: 0 }

/** The estimate of the product's price rule where a provider reports nothing: characters / 4, rounded up. */
export function estimateTokens(characters: number): number {
  return Math.ceil(characters / 4)
}

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    input: a.input + b.input,
    cachedInput: a.cachedInput + b.cachedInput,
    output: a.output + b.output,
  }
}

/**
 * Reads usage as a provider reported it. Null unless input and output are non-negative safe integers (negative, NaN,
 * fractional, text, huge or missing figures never charge and never credit anybody; the caller estimates instead).
 * A cached figure that makes no sense is dropped, so that it cannot lower the price.
 */
export function readUsage(reported: {
  input?: unknown
  cachedInput?: unknown
  output?: unknown
}): Usage | null {
  const { input, output, cachedInput } = reported
  if (!isCount(input) || !isCount(output)) return null
  const cached = isCount(cachedInput) && cachedInput <= input ? cachedInput : 0
  return { input, cachedInput: cached, output }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
