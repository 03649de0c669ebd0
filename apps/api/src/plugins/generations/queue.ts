import { makerLimits } from '@tallyforge/core/plugins/limits'
import type { Database } from '@tallyforge/db/client'
import { generations } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, asc, eq, isNull, lt, ne, sql } from 'drizzle-orm'
import { notify } from './hub.ts'

export type Generation = typeof generations.$inferSelect

/** Who the platform is when it acts in an org by itself. Belongs to no user. */
export const platformUser = '00000000-0000-0000-0000-000000000000'

/** Serializes what counts generations of one org: accepting and claiming. Released at the end of the transaction. */
export async function lockOrg(tx: OrgTx, orgId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`generations ${orgId}`}, 0))`)
}

/** Takes the org's oldest waiting generation under a lease, if a place is free. Null when there is nothing to take. */
export function claimNext(
  db: Database,
  orgId: string,
  lease: { owner: string; seconds: number },
): Promise<Generation | null> {
  return db.withOrg({ orgId, userId: platformUser }, async (tx) => {
    await lockOrg(tx, orgId)
    const running = await tx.$count(
      generations,
      and(isNull(generations.finishedAt), ne(generations.state, 'queued')),
    )
    if (running >= makerLimits.runningPerOrg) return null
    const [next] = await tx
      .select({ id: generations.id })
      .from(generations)
      .where(and(eq(generations.state, 'queued'), isNull(generations.finishedAt)))
      .orderBy(asc(generations.createdAt), asc(generations.id))
      .limit(1)
    if (next === undefined) return null
    const [claimed] = await tx
      .update(generations)
      .set({ state: 'running', startedAt: sql`now()`, ...leaseUntil(lease) })
      .where(eq(generations.id, next.id))
      .returning()
    if (claimed === undefined) return null
    await notify(tx, {
      kind: 'generation',
      orgId,
      generationId: claimed.id,
      pluginId: claimed.pluginId,
      state: 'running',
    })
    return claimed
  })
}

/** Renews a lease. False when another process has taken the generation over or ended it. */
export async function renewLease(
  tx: OrgTx,
  generationId: string,
  lease: { owner: string; seconds: number },
): Promise<boolean> {
  const renewed = await tx
    .update(generations)
    .set(leaseUntil(lease))
    .where(
      and(
        eq(generations.id, generationId),
        eq(generations.leaseOwner, lease.owner),
        isNull(generations.finishedAt),
      ),
    )
    .returning({ id: generations.id })
  return renewed.length === 1
}

function leaseUntil(lease: { owner: string; seconds: number }) {
  return { leaseOwner: lease.owner, leaseUntil: sql`now() + make_interval(secs => ${lease.seconds})` }
}

/** Generations whose process went silent: of any org, found by the platform. */
export function findLost(db: Database) {
  return db.service
    .select({ orgId: generations.orgId, id: generations.id })
    .from(generations)
    .where(
      and(
        isNull(generations.finishedAt),
        ne(generations.state, 'queued'),
        lt(generations.leaseUntil, sql`now()`),
      ),
    )
    .limit(100)
}

/** Generations that wait, of any org: their holds must stay alive, and somebody must start them. */
export function findQueued(db: Database) {
  return db.service
    .select({ orgId: generations.orgId, operationId: generations.operationId })
    .from(generations)
    .where(and(isNull(generations.finishedAt), eq(generations.state, 'queued')))
    .limit(1_000)
}
