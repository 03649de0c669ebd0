import { toPublicId } from '@tallyforge/core/ids'
import type { adminListInput } from '@tallyforge/core/inputs/admin'
import type { Database } from '@tallyforge/db/client'
import { accounts, memberships, orgs } from '@tallyforge/db/schema'
import { and, count, desc, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { page, readCursor } from '../paging.ts'
import { contains, isBefore } from './search.ts'

/** Every org with its wallet, newest first. */
export async function listOrgs(db: Database, input: z.output<typeof adminListInput>) {
  const after = readCursor(input.cursor)
  const members = db.service
    .select({ orgId: memberships.orgId, count: count().as('members') })
    .from(memberships)
    .where(eq(memberships.orgId, orgs.id))
    .groupBy(memberships.orgId)
    .as('members')
  const rows = await db.service
    .select({
      id: orgs.id,
      slug: orgs.slug,
      name: orgs.name,
      plan: orgs.plan,
      isPersonal: orgs.isPersonal,
      members: members.count,
      balance: accounts.balance,
      held: accounts.held,
      createdAt: orgs.createdAt,
    })
    .from(orgs)
    .leftJoin(accounts, and(eq(accounts.orgId, orgs.id), eq(accounts.kind, 'wallet')))
    .leftJoinLateral(members, eq(members.orgId, orgs.id))
    .where(and(contains([orgs.slug, orgs.name], input.search), isBefore(orgs.createdAt, orgs.id, after)))
    .orderBy(desc(orgs.createdAt), desc(orgs.id))
    .limit(input.limit + 1)
  return page(
    rows,
    input.limit,
    (row) => ({ at: row.createdAt, id: row.id }),
    (row) => ({
      ...row,
      id: toPublicId('org', row.id),
      members: row.members ?? 0,
      balance: row.balance ?? 0n,
      held: row.held ?? 0n,
    }),
  )
}
