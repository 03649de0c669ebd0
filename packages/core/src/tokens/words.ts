import { tokenRange, tokensText, wholeTokens } from '../format.ts'
import type { EntryKind } from '../inputs/tokens.ts'
import { formatTokens, type Microtokens } from '../money.ts'
import type { GenerationState } from '../plugins/states.ts'

/** What became of a hold. */
export const receiptWords = {
  open: 'Running: the tokens are held',
  settled: 'Settled',
  released: 'Released: nothing was charged',
  expired: 'Expired: nothing was charged',
} as const

/** What an entry of the history did to the balance, on the page and in its CSV. */
export const entryKindWords: Record<EntryKind, string> = {
  grant: 'Added',
  settle: 'Spent',
  expire: 'Expired',
}

export const meterWords = { input: 'Input', 'cached input': 'Cached input', output: 'Output' } as const

/** The line under a prompt: what it will likely cost, what is held and, where there is room, what there is. */
export function estimateText({
  quote,
  available,
  isShort,
}: {
  quote: { low: Microtokens; high: Microtokens; hold: Microtokens } | null
  available: Microtokens | undefined
  /** Leaves out what there is when there is an estimate to show. */
  isShort: boolean
}): string {
  const parts = [
    ...(quote
      ? [`About ${tokenRange(quote.low, quote.high)} tokens`, `up to ${wholeTokens(quote.hold)} held`]
      : []),
    ...(available !== undefined && !(isShort && quote)
      ? [quote ? `you have ${formatTokens(available)}` : `You have ${formatTokens(available)} tokens`]
      : []),
  ]
  return parts.join(' · ')
}

/** What stopping a generation would cost now; `cost` is by our own count. */
export function stopText(cost: Microtokens): string {
  return cost === 0n
    ? 'Nothing was used so far: stopping is free.'
    : `Stopping now costs about ${wholeTokens(cost)} tokens.`
}

/** The receipt of a generation in two words. */
export function chargeText(state: GenerationState, cost: { charged: Microtokens } | null): string {
  if (cost === null) return 'Tokens held'
  return state === 'failed' && cost.charged === 0n ? 'Not charged' : tokensText(cost.charged)
}
