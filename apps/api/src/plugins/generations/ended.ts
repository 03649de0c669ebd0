import { toPublicId } from '@tallyforge/core/ids'
import { generations, holds, plugins, versions } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, desc, eq, gt, gte, lte, ne } from 'drizzle-orm'

const dayMs = 86_400_000
const longestMs = 30 * dayMs
/** No generation runs for so long: one that ended after `since` was made at most this much earlier. */
const longestRunMs = dayMs

/**
 * The person's own generations that ended by themselves after `since`, the last one first: what happened while they were away.
 * What somebody stopped is no news.
 */
export async function listEnded(tx: OrgTx, userId: string, input: { since: Date; limit: number }) {
  const since = new Date(Math.max(input.since.getTime(), Date.now() - longestMs))
  const rows = await tx
    .select({
      id: generations.id,
      pluginId: generations.pluginId,
      title: plugins.title,
      state: generations.state,
      versionId: generations.versionId,
      versionNumber: versions.number,
      finishedAt: generations.finishedAt,
      charged: holds.charged,
    })
    .from(generations)
    .innerJoin(plugins, and(eq(plugins.orgId, generations.orgId), eq(plugins.id, generations.pluginId)))
    .innerJoin(holds, and(eq(holds.orgId, generations.orgId), eq(holds.operationId, generations.operationId)))
    .leftJoin(versions, and(eq(versions.orgId, generations.orgId), eq(versions.id, generations.versionId)))
    .where(
      and(
        eq(generations.createdBy, userId),
        ne(generations.state, 'canceled'),
        // Ids begin with the time: the key finds the few new rows among all old ones.
        gte(generations.id, firstIdAt(new Date(since.getTime() - longestRunMs))),
        gt(generations.finishedAt, since),
        lte(generations.finishedAt, new Date()),
      ),
    )
    .orderBy(desc(generations.finishedAt), desc(generations.id))
    .limit(input.limit)
  return rows.flatMap(({ finishedAt, ...row }) =>
    finishedAt === null
      ? []
      : [
          {
            ...row,
            id: toPublicId('generation', row.id),
            pluginId: toPublicId('plugin', row.pluginId),
            versionId: row.versionId === null ? null : toPublicId('version', row.versionId),
            finishedAt,
          },
        ],
  )
}

/** The smallest uuidv7 of a millisecond (RFC 9562, 5.7). */
function firstIdAt(time: Date): string {
  const hex = Math.max(0, time.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
