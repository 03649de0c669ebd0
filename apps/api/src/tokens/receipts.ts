import { DomainError } from '@tallyforge/core/errors'
import { toPublicId } from '@tallyforge/core/ids'
import { priceOf } from '@tallyforge/core/tokens/prices'
import { addUsage, noUsage } from '@tallyforge/core/tokens/usage'
import { generations, holds, plugins, transfers, usageRecords } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, eq } from 'drizzle-orm'
import { findMemberName } from '../orgs/memberships.ts'
import type { Context, OrgContext } from '../trpc.ts'
import { findPriceBook } from './price-books.ts'

/** A receipt with the name of whoever made the call. @throws not_found for a hold of nobody or of another org. */
export async function showReceipt(ctx: Context & { org: OrgContext }, holdId: string) {
  const { createdBy, ...receipt } = await ctx.org.tx((tx) => readReceipt(tx, holdId))
  const key = { orgId: ctx.org.id, userId: createdBy }
  return {
    ...receipt,
    createdBy: toPublicId('user', createdBy),
    createdByName: await findMemberName(ctx.deps.db, key),
  }
}

/** One call from its hold to its end, line by line. */
async function readReceipt(tx: OrgTx, holdId: string) {
  const [row] = await tx
    .select({ hold: holds, generation: generations, pluginTitle: plugins.title })
    .from(holds)
    .leftJoin(
      generations,
      and(eq(generations.orgId, holds.orgId), eq(generations.operationId, holds.operationId)),
    )
    .leftJoin(plugins, and(eq(plugins.orgId, generations.orgId), eq(plugins.id, generations.pluginId)))
    .where(eq(holds.id, holdId))
  if (row === undefined) throw new DomainError('not_found', 'This receipt does not exist.')
  const { hold, generation } = row
  const [borne] = await tx
    .select({ amount: transfers.amount })
    .from(transfers)
    .where(and(eq(transfers.operationId, hold.operationId), eq(transfers.kind, 'quality')))
  const calls =
    generation === null
      ? []
      : await tx
          .select()
          .from(usageRecords)
          .where(eq(usageRecords.generationId, generation.id))
          .orderBy(usageRecords.attempt)
  const usage = calls
    .map((call) => ({
      input: call.inputTokens,
      cachedInput: call.cachedInputTokens,
      output: call.outputTokens,
    }))
    .reduce(addUsage, noUsage)
  const book = await findPriceBook(tx, hold.priceBookId)
  const price = priceOf(book, generation?.model ?? '')
  const line = (meter: 'input' | 'cached input' | 'output', tokens: number, unitPrice: bigint) => ({
    meter,
    tokens,
    unitPrice,
    amount: BigInt(tokens) * unitPrice,
  })
  return {
    holdId: toPublicId('hold', hold.id),
    state: hold.state,
    held: hold.amount,
    charged: hold.charged,
    returned: hold.state === 'open' ? 0n : hold.amount - hold.charged,
    borne: borne?.amount ?? 0n,
    createdAt: hold.createdAt,
    closedAt: hold.closedAt,
    expiresAt: hold.expiresAt,
    createdBy: hold.createdBy,
    pluginId: generation === null ? null : toPublicId('plugin', generation.pluginId),
    pluginTitle: row.pluginTitle,
    generationId: generation === null ? null : toPublicId('generation', generation.id),
    model: generation?.model ?? null,
    priceBook: hold.priceBookId,
    calls: calls.map((call) => ({
      attempt: call.attempt,
      model: call.model,
      inputTokens: call.inputTokens,
      cachedInputTokens: call.cachedInputTokens,
      outputTokens: call.outputTokens,
      durationMs: call.durationMs,
      cost: call.cost,
    })),
    isEstimated: calls.some((call) => call.isEstimated),
    lines: [
      line('input', usage.input - usage.cachedInput, price.input),
      line('cached input', usage.cachedInput, price.cachedInput),
      line('output', usage.output, price.output),
    ].filter((each) => each.tokens > 0),
  }
}
