import { type Microtokens, roundUpToTokens } from '../money.ts'
import { costOf, type ModelPrice } from './prices.ts'
import { estimateTokens } from './usage.ts'

/** Output tokens that a model may write in one call unless the model's own limit is lower. */
export const outputLimitDefault = 16_000
/** What a plugin usually takes, in output tokens: seen over the template recipes and small hand-written extensions. */
const usualOutput = { low: 700, high: 2_600 }

/** Less output than this is no plugin: a cap that leaves less is refused before anything is held. */
const leastOutput = 500

/**
 * `low`–`high` is what such a call usually costs; `hold` is what is set aside for it: the most it can cost. `minimum` is the
 * least, in whole tokens, that a cap must be for the call to start.
 */
export type Estimate = { low: Microtokens; high: Microtokens; hold: Microtokens; minimum: Microtokens }

/**
 * Estimates one generation with its repairs. `inputCharacters` counts everything sent with the first call (instructions,
 * files of the parent version, prompt). `cap` is the person's own limit: the hold never exceeds it.
 */
export function estimateGeneration(input: {
  inputCharacters: number
  price: ModelPrice
  outputLimit: number
  cap: Microtokens | null
}): Estimate {
  const inputTokens = estimateTokens(input.inputCharacters)
  const at = (output: number) => costOf({ input: inputTokens, cachedInput: 0, output }, input.price)
  const most = at(input.outputLimit)
  const hold = input.cap !== null && input.cap < most ? input.cap : most
  const bounded = (amount: Microtokens) => (amount < hold ? amount : hold)
  return {
    low: bounded(at(Math.min(usualOutput.low, input.outputLimit))),
    high: bounded(at(Math.min(usualOutput.high, input.outputLimit))),
    hold,
    minimum: roundUpToTokens(at(Math.min(leastOutput, input.outputLimit))),
  }
}

/**
 * The output limit that `remaining` microtokens can pay after an input of `inputTokens`, at most `outputLimit`.
 * Zero means that the call cannot be paid and must not start.
 */
export function affordableOutput(input: {
  remaining: Microtokens
  inputTokens: number
  price: ModelPrice
  outputLimit: number
}): number {
  const left = input.remaining - BigInt(input.inputTokens) * input.price.input
  if (left < 0n) return 0
  if (input.price.output === 0n) return input.outputLimit
  const affordable = left / input.price.output
  return affordable < BigInt(input.outputLimit) ? Number(affordable) : input.outputLimit
}
