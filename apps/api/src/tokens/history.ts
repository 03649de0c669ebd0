import { toPublicId } from '@tallyforge/core/ids'
import type { historyFilterInput } from '@tallyforge/core/inputs/tokens'
import { generations, holds, plugins, transfers } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, asc, desc, eq, gte, ne, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { type Position, page, readCursor } from '../paging.ts'
import { findPlugin } from '../plugins/plugins.ts'
import type { HistoryItem } from './shapes.ts'

export type HistoryFilter = z.output<typeof historyFilterInput>

/**
 * What changed the balance, newest first unless asked otherwise. What the platform bore itself is not in it: it changed
 * nobody's balance. @throws not_found for a plugin of nobody or of another org.
 */
export async function listHistory(
  tx: OrgTx,
  input: HistoryFilter & { cursor?: string | null | undefined; limit: number },
) {
  const after = readCursor(input.cursor)
  const rows = await readEntries(tx, input, { after, limit: input.limit + 1 })
  return page(rows, input.limit, (row) => row, toItem)
}

/**
 * Up to `limit` entries after a position, in the filter's order: what the list and the CSV are both made of, so that they
 * cannot differ. @throws not_found
 */
export async function readEntries(
  tx: OrgTx,
  filter: HistoryFilter,
  range: { after: Position | null; limit: number },
) {
  // A plugin that is not there is a mistake in the address, and not a plugin without calls.
  if (filter.pluginId) await findPlugin(tx, filter.pluginId)
  return entriesQuery(tx, filter, range)
}
export type Entry = Awaited<ReturnType<typeof readEntries>>[number]

/** The statement itself, for the test that reads its plan. */
export function entriesQuery(
  tx: OrgTx,
  filter: HistoryFilter,
  { after, limit }: { after: Position | null; limit: number },
) {
  const direction = filter.order === 'oldest' ? asc : desc
  return tx
    .select({
      id: transfers.id,
      at: transfers.at,
      kind: transfers.kind,
      amount: transfers.amount,
      toKind: transfers.toKind,
      balanceAfter: transfers.walletBalance,
      description: transfers.description,
      holdId: holds.id,
      createdBy: holds.createdBy,
      pluginId: generations.pluginId,
      pluginTitle: plugins.title,
      model: generations.model,
    })
    .from(transfers)
    .leftJoin(holds, and(eq(holds.orgId, transfers.orgId), eq(holds.operationId, transfers.operationId)))
    .leftJoin(
      generations,
      and(eq(generations.orgId, transfers.orgId), eq(generations.operationId, transfers.operationId)),
    )
    .leftJoin(plugins, and(eq(plugins.orgId, transfers.orgId), eq(plugins.id, generations.pluginId)))
    .where(and(...conditionsOf(filter), after === null ? undefined : isAfter(after, filter.order)))
    .orderBy(direction(transfers.at), direction(transfers.id))
    .limit(limit)
}

function conditionsOf(filter: HistoryFilter): (SQL | undefined)[] {
  const pattern = `%${filter.search.replaceAll(/[\\%_]/g, '\\$&')}%`
  return [
    filter.kind ? eq(transfers.kind, filter.kind) : ne(transfers.kind, 'quality'),
    filter.pluginId ? eq(generations.pluginId, filter.pluginId) : undefined,
    filter.model ? eq(generations.model, filter.model) : undefined,
    filter.createdBy ? eq(holds.createdBy, filter.createdBy) : undefined,
    filter.from ? gte(transfers.at, new Date(`${filter.from}T00:00:00Z`)) : undefined,
    filter.to
      ? sql`${transfers.at} < ${`${filter.to}T00:00:00Z`}::timestamptz + interval '24 hours'`
      : undefined,
    filter.search === '' ? undefined : sql`${transfers.description} ilike ${pattern}`,
  ]
}

function isAfter({ at, id }: Position, order: HistoryFilter['order']): SQL {
  const position = sql`(${at.toISOString()}::timestamptz, ${id}::uuid)`
  return order === 'oldest'
    ? sql`(${transfers.at}, ${transfers.id}) > ${position}`
    : sql`(${transfers.at}, ${transfers.id}) < ${position}`
}

/** An entry as it leaves the API: public ids, and an amount with the sign that it has for the wallet. */
export function toItem(row: Entry): HistoryItem {
  return {
    id: toPublicId('entry', row.id),
    at: row.at,
    kind: row.kind as HistoryItem['kind'],
    amount: row.toKind === 'wallet' ? row.amount : -row.amount,
    balanceAfter: row.balanceAfter,
    description: row.description,
    holdId: row.holdId === null ? null : toPublicId('hold', row.holdId),
    createdBy: row.createdBy === null ? null : toPublicId('user', row.createdBy),
    pluginId: row.pluginId === null ? null : toPublicId('plugin', row.pluginId),
    pluginTitle: row.pluginTitle,
    model: row.model,
  }
}
