import { DomainError } from '@tallyforge/core/errors'
import { toPublicId } from '@tallyforge/core/ids'
import { addUsage, noUsage } from '@tallyforge/core/tokens/usage'
import { generationEvents, generations, holds, usageRecords, versions } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { page, readCursor } from '../../paging.ts'
import { type GenerationEvent, generationEventShape } from '../shapes.ts'
import { requirePlugin } from '../versions.ts'

/** One generation as clients see it. @throws not_found */
export async function readGeneration(tx: OrgTx, generationId: string) {
  const [row] = await select(tx, eq(generations.id, generationId), 1)
  if (row === undefined) throw new DomainError('not_found', 'This generation does not exist.')
  const facts = await factsOf(tx, [row.generation.id])
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
  const facts = await factsOf(
    tx,
    rows.map((row) => row.generation.id),
  )
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
  const facts = await factsOf(
    tx,
    rows.map((row) => row.generation.id),
  )
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
  events: Map<string, GenerationEvent[]>
  usage: Map<string, { input: number; cachedInput: number; output: number; isEstimated: boolean }>
}

/** The stored words and steps (not the files, which are many), and what the calls used. */
async function factsOf(tx: OrgTx, ids: string[]): Promise<Facts> {
  const facts: Facts = { events: new Map(), usage: new Map() }
  if (ids.length === 0) return facts
  const stored = await tx
    .select({ generationId: generationEvents.generationId, event: generationEvents.event })
    .from(generationEvents)
    .where(
      and(
        inArray(generationEvents.generationId, ids),
        sql`${generationEvents.event} ->> 'type' in ('prose', 'attempt', 'step')`,
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

function present(row: Row, facts: Facts) {
  const { generation } = row
  const events = facts.events.get(generation.id) ?? []
  const lastAttempt = events.findLastIndex((event) => event.type === 'attempt')
  const usage = facts.usage.get(generation.id) ?? { ...noUsage, isEstimated: false }
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
    createdBy: toPublicId('user', generation.createdBy),
    createdAt: generation.createdAt,
    startedAt: generation.startedAt,
    finishedAt: generation.finishedAt,
    failure: generation.failure,
    prose: events
      .filter((event) => event.type === 'prose')
      .map((event) => event.text)
      .join(''),
    steps: events.slice(lastAttempt + 1).flatMap((event) => (event.type === 'step' ? [event.result] : [])),
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
