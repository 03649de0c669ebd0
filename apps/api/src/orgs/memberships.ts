import type { Role } from '@tallyforge/core/orgs/roles'
import type { Database } from '@tallyforge/db/client'
import { memberships, orgs, users } from '@tallyforge/db/schema'
import { and, desc, eq, isNull } from 'drizzle-orm'

/**
 * The role of a person in an org, or null for a stranger, for an org that does not exist, and for somebody who was
 * suspended: links and streams that were opened before ask here again.
 */
export async function findRole(db: Database, key: { orgId: string; userId: string }): Promise<Role | null> {
  const [row] = await db.service
    .select({ role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(eq(memberships.orgId, key.orgId), eq(memberships.userId, key.userId), isNull(users.suspendedAt)),
    )
  return row?.role ?? null
}

/** The name of a member, or null for whoever is none. */
export async function findMemberName(
  db: Database,
  key: { orgId: string; userId: string },
): Promise<string | null> {
  const [row] = await db.service
    .select({ name: users.name })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.orgId, key.orgId), eq(memberships.userId, key.userId)))
  return row?.name ?? null
}

/** The orgs a person belongs to, the personal one first, then by name. */
export function listOrgsOf(db: Database, userId: string) {
  return db.service
    .select({
      id: orgs.id,
      slug: orgs.slug,
      name: orgs.name,
      plan: orgs.plan,
      isPersonal: orgs.isPersonal,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(orgs, eq(orgs.id, memberships.orgId))
    .where(eq(memberships.userId, userId))
    .orderBy(desc(orgs.isPersonal), orgs.name, orgs.id)
}
