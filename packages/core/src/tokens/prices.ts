import type { Microtokens } from '../money.ts'
import type { Usage } from './usage.ts'

/** What one unit of each meter costs, in microtokens. A unit is one token as the provider counts it. */
export type ModelPrice = { input: Microtokens; cachedInput: Microtokens; output: Microtokens }

/** An immutable, dated version of prices. A changed price is a new book with a new id, never an edit. */
export type PriceBook = {
  id: string
  /** The price of every model without a line of its own. */
  standard: ModelPrice
  models: ReadonlyMap<string, ModelPrice>
}

/**
 * `standard-v1` of the product's price rule: 0.1 token per input token and 0.2 token per output token.
 * Cached input costs as much as input until a model's own line says otherwise.
 */
export const standardPrice: ModelPrice = { input: 100_000n, cachedInput: 100_000n, output: 200_000n }

/** The price of a model: its own line in the book, else the book's standard price. */
export function priceOf(book: PriceBook, modelId: string): ModelPrice {
  return book.models.get(modelId) ?? book.standard
}

/** Usage × price in microtokens: integers all the way, so nothing is rounded. Reasoning is counted in output. */
export function costOf(usage: Usage, price: ModelPrice): Microtokens {
  const cached = usage.cachedInput
  return (
    BigInt(usage.input - cached) * price.input +
    BigInt(cached) * price.cachedInput +
    BigInt(usage.output) * price.output
  )
}
