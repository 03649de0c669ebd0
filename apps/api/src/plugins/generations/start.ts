import { DomainError } from '@tallyforge/core/errors'
import type { generateInput } from '@tallyforge/core/inputs/plugins'
import { formatTokens } from '@tallyforge/core/money'
import { makerLimits } from '@tallyforge/core/plugins/limits'
import { generations } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { requestHash } from '../../request-hash.ts'
import { holdTokens } from '../../tokens/ledger.ts'
import { currentPriceBook } from '../../tokens/price-books.ts'
import type { Context, OrgContext } from '../../trpc.ts'
import { readFiles } from '../files.ts'
import { readLocks } from '../locks.ts'
import { enterOperation } from '../operations.ts'
import { findParent } from '../parent.ts'
import { findPlugin, insertPlugin, requireActive } from '../plugins.ts'
import { estimateFor } from '../quote.ts'
import { titleFromPrompt } from '../titles.ts'
import { notify } from './hub.ts'
import { lockOrg } from './queue.ts'
import { readGeneration } from './read.ts'

type Input = z.output<typeof generateInput>

/**
 * Holds tokens and queues a generation, in one transaction: either both are there or neither. It starts at once in this
 * process when the org has a free place. Replaying the operation id answers the first generation.
 * @throws insufficient_tokens; limit_reached; conflict (operation used for something else); invalid_input; not_found.
 */
export async function startGeneration(ctx: Context & { org: OrgContext }, input: Input) {
  const { operationId, orgId: _, ...request } = input as Input & { orgId: string }
  const hash = requestHash('generate', request)
  const generationId = await ctx.org.tx(async (tx) => {
    await enterOperation(tx, ctx.org.id, { id: operationId, requestHash: hash })
    await lockOrg(tx, ctx.org.id)
    const [existing] = await tx
      .select({ id: generations.id })
      .from(generations)
      .where(eq(generations.operationId, operationId))
    if (existing !== undefined) return existing.id
    await requireRoom(tx)
    return queue(tx, ctx, input, hash)
  })
  ctx.deps.engine.kick(ctx.org.id)
  return ctx.org.tx((tx) => readGeneration(tx, generationId))
}

async function queue(
  tx: OrgTx,
  ctx: Context & { org: OrgContext },
  input: Input,
  hash: Buffer,
): Promise<string> {
  const { id: orgId, userId } = ctx.org
  const model = ctx.deps.models.find(input.model)
  const parent = await findParent(tx, input)
  const files = parent === null ? new Map<string, string>() : await readFiles(tx, parent.id)
  const locked = parent === null ? [] : await readLocks(tx, parent.pluginId)
  const book = await currentPriceBook(tx)
  const estimate = estimateFor({ model, book, files, locked, prompt: input.prompt, cap: input.cap ?? null })
  if (input.cap != null && input.cap < estimate.minimum) {
    throw new DomainError(
      'invalid_input',
      `The cap is too low for this request: it needs at least ${formatTokens(estimate.minimum)} tokens.`,
    )
  }
  const plugin =
    input.pluginId == null
      ? await insertPlugin(tx, {
          orgId,
          title: titleFromPrompt(input.prompt),
          target: input.target,
          operationId: input.operationId,
          requestHash: hash,
          createdBy: userId,
        })
      : await findPlugin(tx, input.pluginId)
  requireActive(plugin)
  const [generation] = await tx
    .insert(generations)
    .values({
      orgId,
      pluginId: plugin.id,
      parentVersionId: parent?.id ?? null,
      operationId: input.operationId,
      requestHash: hash,
      prompt: input.prompt,
      model: model.id,
      priceBookId: book.id,
      holdAmount: estimate.hold,
      createdBy: userId,
    })
    .returning({ id: generations.id })
  if (generation === undefined) throw new Error('inserting a generation returned nothing')
  await notify(tx, {
    kind: 'generation',
    orgId,
    generationId: generation.id,
    pluginId: plugin.id,
    state: 'queued',
  })
  await notify(tx, { kind: 'balance', orgId })
  // Last, because it locks the org's wallet until the commit.
  await holdTokens(tx, {
    orgId,
    userId,
    operationId: input.operationId,
    amount: estimate.hold,
    ttlSeconds: ctx.deps.env.HOLD_SECONDS,
    priceBookId: book.id,
    requestHash: hash,
  })
  return generation.id
}

async function requireRoom(tx: OrgTx): Promise<void> {
  const places = makerLimits.runningPerOrg + makerLimits.waitingPerOrg
  const open = await tx.$count(generations, isNull(generations.finishedAt))
  if (open >= places) {
    throw new DomainError(
      'limit_reached',
      `${makerLimits.runningPerOrg} generations run and ${makerLimits.waitingPerOrg} wait already. Try again when one has ended.`,
      { retryAfterSeconds: 30 },
    )
  }
  const failed = await tx.$count(
    generations,
    and(eq(generations.state, 'failed'), gt(generations.finishedAt, sql`now() - interval '1 day'`)),
  )
  if (failed >= makerLimits.refundedFailuresPerDay) {
    throw new DomainError(
      'limit_reached',
      `${makerLimits.refundedFailuresPerDay} generations failed within a day, free of charge. Generating pauses until the oldest of them is a day old.`,
      { retryAfterSeconds: 3_600 },
    )
  }
}
