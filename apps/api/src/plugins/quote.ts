import type { quoteInput } from '@tallyforge/core/inputs/plugins'
import type { Microtokens } from '@tallyforge/core/money'
import { estimateGeneration } from '@tallyforge/core/tokens/estimate'
import { type PriceBook, priceOf } from '@tallyforge/core/tokens/prices'
import type { z } from 'zod'
import type { CatalogModel } from '../models/catalog.ts'
import { readBalance } from '../tokens/balance.ts'
import { currentPriceBook } from '../tokens/price-books.ts'
import type { Context, OrgContext } from '../trpc.ts'
import { readFiles } from './files.ts'
import { readLocks } from './locks.ts'
import { findParent } from './parent.ts'
import { requestMessage, systemPrompt } from './prompt.ts'

/** What one generation would cost and hold: the one estimate that quote and start share. */
export function estimateFor(input: {
  model: CatalogModel
  book: PriceBook
  files: ReadonlyMap<string, string>
  locked: readonly string[]
  prompt: string
  cap: Microtokens | null
}) {
  return estimateGeneration({
    inputCharacters: systemPrompt.length + requestMessage(input.files, input.prompt, input.locked).length,
    price: priceOf(input.book, input.model.id),
    outputLimit: input.model.outputLimit,
    cap: input.cap,
  })
}

/** What a generation would cost, and whether the balance can hold it. Starts and holds nothing. @throws not_found */
export async function quoteGeneration(
  ctx: Context & { org: OrgContext },
  input: z.output<typeof quoteInput>,
) {
  const model = ctx.deps.models.find(input.model)
  return ctx.org.tx(async (tx) => {
    const parent = await findParent(tx, input)
    const files = parent === null ? new Map<string, string>() : await readFiles(tx, parent.id)
    const locked = parent === null ? [] : await readLocks(tx, parent.pluginId)
    const book = await currentPriceBook(tx)
    const estimate = estimateFor({ model, book, files, locked, prompt: input.prompt, cap: input.cap ?? null })
    const { available } = await readBalance(tx)
    const missing = estimate.hold > available ? estimate.hold - available : 0n
    return { ...estimate, available, missing }
  })
}
