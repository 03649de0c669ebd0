import { codePoints } from '../code-points.ts'
import { wholeTokens } from '../format.ts'
import type { Microtokens } from '../money.ts'
import { readCap } from '../tokens/cap.ts'
import { makerLimits } from './limits.ts'

type Limits = { minimum: Microtokens; missing: Microtokens }

/** What a typed prompt and its cap lack before they can become a generation. `quote` is the server's word about them. */
export function judgePrompt(typed: { prompt: string; cap: string }, quote: Limits | undefined) {
  const { cap, error } = readCap(typed.cap)
  const length = codePoints(typed.prompt.trim())
  const isBlank = length === 0
  const isTooLong = length > makerLimits.promptCodePoints
  const isCapTooLow = !isBlank && quote !== undefined && cap !== null && cap < quote.minimum
  const capError = isCapTooLow ? `At least ${wholeTokens(quote.minimum)} for this prompt.` : error
  const missing = isBlank || quote === undefined ? 0n : quote.missing
  return {
    cap,
    capError,
    length,
    isBlank,
    isTooLong,
    missing,
    mayStart: !isBlank && !isTooLong && capError === undefined && missing === 0n,
  }
}
