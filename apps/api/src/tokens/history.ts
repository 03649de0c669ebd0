import { toPublicId } from '@tallyforge/core/ids'
import { generations, holds, transfers } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, desc, eq, ne, sql } from 'drizzle-orm'
import { page, readCursor } from '../paging.ts'

/** What changed the balance, newest first. What the platform bore itself is not in it: it changed nobody's balance. */
export async function listHistory(tx: OrgTx, input: { cursor?: string | null | undefined; limit: number }) {
  const after = readCursor(input.cursor)
  const rows = await tx
    .select({
      id: transfers.id,
      at: transfers.at,
      kind: transfers.kind,
      amount: transfers.amount,
      toKind: transfers.toKind,
      balanceAfter: transfers.walletBalance,
      description: transfers.description,
      holdId: holds.id,
      pluginId: generations.pluginId,
    })
    .from(transfers)
    .leftJoin(holds, and(eq(holds.orgId, transfers.orgId), eq(holds.operationId, transfers.operationId)))
    .leftJoin(
      generations,
      and(eq(generations.orgId, transfers.orgId), eq(generations.operationId, transfers.operationId)),
    )
    .where(
      and(
        ne(transfers.kind, 'quality'),
        after === null
          ? undefined
          : sql`(${transfers.at}, ${transfers.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(desc(transfers.at), desc(transfers.id))
    .limit(input.limit + 1)
  return page(
    rows,
    input.limit,
    (row) => row,
    (row) => ({
      id: toPublicId('entry', row.id),
      at: row.at,
      kind: row.kind as 'grant' | 'settle' | 'expire',
      amount: row.toKind === 'wallet' ? row.amount : -row.amount,
      balanceAfter: row.balanceAfter,
      description: row.description,
      holdId: row.holdId === null ? null : toPublicId('hold', row.holdId),
      pluginId: row.pluginId === null ? null : toPublicId('plugin', row.pluginId),
    }),
  )
}
