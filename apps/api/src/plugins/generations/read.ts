import { DomainError } from '@tallyforge/core/errors'
import { toPublicId } from '@tallyforge/core/ids'
import type { GateStepResult } from '@tallyforge/core/plugins/gate'
import { type PriceBook, priceOf } from '@tallyforge/core/tokens/prices'
import { addUsage, noUsage } from '@tallyforge/core/tokens/usage'
import { generationEvents, generations, holds, usageRecords, versions } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { page, readCursor } from '../../paging.ts'
import { findPriceBook } from '../../tokens/price-books.ts'
import { type GenerationEvent, generationEventShape } from '../shapes.ts'
import { requirePlugin } from '../versions.ts'

/** One generation as clients see it. @throws not_found */
export async function readGeneration(tx: OrgTx, generationId: string) {
  const [row] = await select(tx, eq(generations.id, generationId), 1)
  if (row === undefined) throw new DomainError('not_found', 'This generation does not exist.')
  const facts = await factsOf(tx, [row])
  return present(row, facts)
}

/** The thread of a plugin, newest first. @throws not_found */
export async function listGenerations(
  tx: OrgTx,
  input: { pluginId: string; cursor?: string | null | undefined; limit: number },
) {
  const after = readCursor(input.cursor)
  const rows = await select(
    tx,
    and(
      eq(generations.pluginId, input.pluginId),
      after === null
        ? undefined
        : sql`(${generations.createdAt}, ${generations.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`,
    ),
    input.limit + 1,
  )
  if (rows.length === 0) await requirePlugin(tx, input.pluginId)
  const facts = await factsOf(tx, rows)
  return page(
    rows,
    input.limit,
    (row) => ({ at: row.generation.createdAt, id: row.generation.id }),
    (row) => present(row, facts),
  )
}

/** Generations that have not ended: of one plugin, or of the org. @throws not_found */
export async function listRunning(tx: OrgTx, pluginId: string | null) {
  const rows = await select(
    tx,
    and(isNull(generations.finishedAt), pluginId === null ? undefined : eq(generations.pluginId, pluginId)),
    100,
  )
  if (rows.length === 0 && pluginId !== null) await requirePlugin(tx, pluginId)
  const facts = await factsOf(tx, rows)
  return rows.map((row) => present(row, facts))
}

type Row = Awaited<ReturnType<typeof select>>[number]

function select(tx: OrgTx, condition: SQL | undefined, limit: number) {
  return tx
    .select({
      generation: generations,
      versionNumber: versions.number,
      holdId: holds.id,
      holdState: holds.state,
      charged: holds.charged,
    })
    .from(generations)
    .innerJoin(holds, and(eq(holds.orgId, generations.orgId), eq(holds.operationId, generations.operationId)))
    .leftJoin(
      versions,
      and(
        eq(versions.orgId, generations.orgId),
        eq(versions.pluginId, generations.pluginId),
        eq(versions.id, generations.versionId),
      ),
    )
    .where(condition)
    .orderBy(desc(generations.createdAt), desc(generations.id))
    .limit(limit)
}

type Facts = {
  books: Map<string, PriceBook>
  events: Map<string, GenerationEvent[]>
  usage: Map<string, { input: number; cachedInput: number; output: number; isEstimated: boolean }>
}

/** The stored words and steps (not the files, which are many), what the calls used, and the prices that hold for them. */
async function factsOf(tx: OrgTx, rows: readonly Row[]): Promise<Facts> {
  const facts: Facts = { books: new Map(), events: new Map(), usage: new Map() }
  if (rows.length === 0) return facts
  const ids = rows.map((row) => row.generation.id)
  for (const id of new Set(rows.map((row) => row.generation.priceBookId))) {
    facts.books.set(id, await findPriceBook(tx, id))
  }
  const stored = await tx
    .select({ generationId: generationEvents.generationId, event: generationEvents.event })
    .from(generationEvents)
    .where(
      and(
        inArray(generationEvents.generationId, ids),
        sql`${generationEvents.event} ->> 'type' in ('prose', 'attempt', 'step', 'file-kept')`,
      ),
    )
    .orderBy(asc(generationEvents.generationId), asc(generationEvents.seq))
  for (const { generationId, event } of stored) {
    facts.events.set(generationId, [
      ...(facts.events.get(generationId) ?? []),
      generationEventShape.parse(event),
    ])
  }
  const calls = await tx.select().from(usageRecords).where(inArray(usageRecords.generationId, ids))
  for (const call of calls) {
    const before = facts.usage.get(call.generationId) ?? { ...noUsage, isEstimated: false }
    const own = { input: call.inputTokens, cachedInput: call.cachedInputTokens, output: call.outputTokens }
    facts.usage.set(call.generationId, {
      ...addUsage(before, own),
      isEstimated: before.isEstimated || call.isEstimated,
    })
  }
  return facts
}

/** The model's words. A repair speaks in a paragraph of its own, as it did while it was watched. */
function proseOf(events: readonly GenerationEvent[]): string {
  return events.reduce((prose, event) => {
    if (event.type === 'prose') return prose + event.text
    const isRepair = event.type === 'attempt' && event.attempt > 1
    return isRepair && prose !== '' ? `${prose.trimEnd()}\n\n` : prose
  }, '')
}

/** A step that was taken again, because a file was locked meanwhile, counts as it ended last. */
function stepsOf(events: readonly GenerationEvent[]): GateStepResult[] {
  const steps = new Map<string, GateStepResult>()
  for (const event of events) if (event.type === 'step') steps.set(event.result.step, event.result)
  return [...steps.values()]
}

function present(row: Row, facts: Facts) {
  const { generation } = row
  const events = facts.events.get(generation.id) ?? []
  const lastAttempt = events.findLastIndex((event) => event.type === 'attempt')
  const usage = facts.usage.get(generation.id) ?? { ...noUsage, isEstimated: false }
  const book = facts.books.get(generation.priceBookId)
  if (book === undefined) throw new Error('a generation names a price book that was not read')
  return {
    id: toPublicId('generation', generation.id),
    pluginId: toPublicId('plugin', generation.pluginId),
    parentVersionId:
      generation.parentVersionId === null ? null : toPublicId('version', generation.parentVersionId),
    versionId: generation.versionId === null ? null : toPublicId('version', generation.versionId),
    versionNumber: row.versionNumber,
    holdId: toPublicId('hold', row.holdId),
    state: generation.state,
    prompt: generation.prompt,
    model: generation.model,
    price: priceOf(book, generation.model),
    createdBy: toPublicId('user', generation.createdBy),
    createdAt: generation.createdAt,
    startedAt: generation.startedAt,
    finishedAt: generation.finishedAt,
    failure: generation.failure,
    prose: proseOf(events),
    keptPaths: [...new Set(events.flatMap((event) => (event.type === 'file-kept' ? [event.path] : [])))],
    steps: stepsOf(events.slice(lastAttempt + 1)),
    cost:
      generation.finishedAt === null
        ? null
        : {
            held: generation.holdAmount,
            charged: row.charged,
            inputTokens: usage.input,
            cachedInputTokens: usage.cachedInput,
            outputTokens: usage.output,
            isEstimated: usage.isEstimated,
          },
  }
}
