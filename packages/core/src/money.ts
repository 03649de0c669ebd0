/** Tokens as they are stored: 1 token = 1,000,000 microtokens. Always a bigint, never a float. */
export type Microtokens = bigint

export const microtokensPerToken = 1_000_000n

/** The microtokens of a whole number of tokens. @throws RangeError for fractions, which have no exact bigint. */
export function tokens(count: number): Microtokens {
  return BigInt(count) * microtokensPerToken
}

/** The next whole number of tokens, in microtokens: what people can be asked to enter. */
export function roundUpToTokens(amount: Microtokens): Microtokens {
  const rest = amount % microtokensPerToken
  return rest > 0n ? amount - rest + microtokensPerToken : amount - rest
}

/**
 * Microtokens as people read them: grouped digits and at most six decimals, exact and without rounding.
 * `1284500000n` → `1,284.5`. The unit is left to the caller.
 */
export function formatTokens(amount: Microtokens): string {
  const sign = amount < 0n ? '−' : ''
  const absolute = amount < 0n ? -amount : amount
  const whole = (absolute / microtokensPerToken).toString().replaceAll(/\B(?=(\d{3})+$)/g, ',')
  const fraction = (absolute % microtokensPerToken).toString().padStart(6, '0').replace(/0+$/, '')
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`
}

/** Microtokens as programs read them: exact, a point, no grouping, an ASCII minus. `-1284500000n` → `-1284.5`. */
export function decimalTokens(amount: Microtokens): string {
  return formatTokens(amount).replaceAll(',', '').replace('−', '-')
}
