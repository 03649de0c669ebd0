import type { Microtokens } from '../money.ts'
import { costOf, type ModelPrice } from './prices.ts'
import { addUsage, estimateTokens, noUsage, readUsage, type Usage } from './usage.ts'

/** How one model call ended, as our side saw it. */
export type CallEnd =
  /** The provider finished its answer, or was cut by the output limit. */
  | 'finished'
  /** We stopped it: the person canceled. */
  | 'aborted'
  /** The provider refused or broke: a status of 4xx or 5xx, a reset, a hang, an error in the stream. */
  | 'failed'

/** One model call as the charge sees it. Characters are counted by us, usage is whatever the provider said. */
export type CallRecord = {
  end: CallEnd
  /** Whether any byte of an answer came. Without one, the provider did no work that it could bill. */
  started: boolean
  inputCharacters: number
  outputCharacters: number
  reported: { input?: unknown; cachedInput?: unknown; output?: unknown } | null
}

/** Usage to charge for, and whether it was estimated by us because the provider reported none that makes sense. */
export type CountedUsage = { usage: Usage; isEstimated: boolean }

/**
 * What a call used: nothing before the first upstream byte; the provider's figures where they make sense; else our
 * estimate of characters / 4. This is the one rule for every ending (reliability G5).
 */
export function countUsage(call: CallRecord): CountedUsage {
  if (!call.started) return { usage: noUsage, isEstimated: false }
  const reported = call.reported === null ? null : readUsage(call.reported)
  // A provider that claims no output for text we hold in our hands is not believed.
  if (reported !== null && !(reported.output === 0 && call.outputCharacters > 0)) {
    return { usage: reported, isEstimated: false }
  }
  return {
    usage: {
      input: estimateTokens(call.inputCharacters),
      cachedInput: 0,
      output: estimateTokens(call.outputCharacters),
    },
    isEstimated: true,
  }
}

/**
 * About what stopping a generation now would charge, in microtokens, by our own count: a call counts once it has begun to
 * answer. The provider's figures decide in the end.
 */
export function costSoFar(
  calls: readonly { inputTokens: number; outputTokens: number }[],
  price: ModelPrice,
): Microtokens {
  const begun = calls.filter(({ outputTokens }) => outputTokens > 0)
  return begun.reduce(
    (sum, call) =>
      sum + costOf({ input: call.inputTokens, cachedInput: 0, output: call.outputTokens }, price),
    0n,
  )
}

/** How a whole generation ended. */
export type Outcome = 'succeeded' | 'failed' | 'canceled'

/** The end of a hold: what the org pays, and what the platform bears. Both in microtokens, neither ever negative. */
export type Settlement = {
  charge: Microtokens
  /** The provider's cost of a failed generation, booked to the org's `quality` account. */
  borne: Microtokens
  usage: Usage
  isEstimated: boolean
}

/**
 * Decides the end of a hold. Ready: what was used. Failed: nothing, and the platform bears it. Canceled: what the
 * calls used. The hold is the hard cap: a provider that claims more (or lies) cannot take more than was set aside.
 */
export function decideSettlement(input: {
  outcome: Outcome
  calls: readonly CallRecord[]
  price: ModelPrice
  hold: Microtokens
}): Settlement {
  const counted = input.calls.map(countUsage)
  const usage = counted.map((call) => call.usage).reduce(addUsage, noUsage)
  const isEstimated = counted.some((call) => call.isEstimated)
  // Call by call: a sum of counts could leave the safe integers, a sum of costs is exact.
  const cost = counted.reduce((sum, call) => sum + costOf(call.usage, input.price), 0n)
  const capped = cost < input.hold ? cost : input.hold
  return input.outcome === 'failed'
    ? { charge: 0n, borne: capped, usage, isEstimated }
    : { charge: capped, borne: 0n, usage, isEstimated }
}
