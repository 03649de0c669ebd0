import { DomainError } from '@tallyforge/core/errors'
import { toPublicId } from '@tallyforge/core/ids'
import type { adminListInput, staffEmailInput, staffInput } from '@tallyforge/core/inputs/admin'
import type { StaffLevel } from '@tallyforge/core/staff'
import type { Database } from '@tallyforge/db/client'
import { users } from '@tallyforge/db/schema'
import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { SignedIn } from '../auth/sessions.ts'
import { page, readCursor } from '../paging.ts'
import type { Context } from '../trpc.ts'
import { contains, isBefore } from './search.ts'

export type StaffContext = Context & { user: SignedIn['user'] }

/**
 * Makes a person staff of this level, or nobody of the staff with null. Setting it twice changes nothing. It holds from the
 * person's next request on. @throws not_found for an address without an account.
 */
export async function setStaffLevel(
  db: Database,
  { email, level }: { email: string; level: StaffLevel | null },
): Promise<void> {
  const changed = await db.service
    .update(users)
    .set({
      staffLevel: level,
      staffSince:
        level === null
          ? null
          : sql`case when ${users.staffLevel} = ${level} then ${users.staffSince} else now() end`,
    })
    .where(eq(users.email, email))
    .returning({ id: users.id })
  if (changed.length === 0) {
    throw new DomainError('not_found', 'Nobody has an account with this address. They sign up first.')
  }
}

/** Who is staff, the newest account first. */
export async function listStaff(db: Database, input: z.output<typeof adminListInput>) {
  const after = readCursor(input.cursor)
  const rows = await db.service
    .select({
      id: users.id,
      email: users.email,
      name: users.name,
      // Nobody without one is asked for.
      level: sql<StaffLevel>`${users.staffLevel}`,
      since: users.staffSince,
      createdAt: users.createdAt,
      suspendedAt: users.suspendedAt,
    })
    .from(users)
    .where(
      and(
        isNotNull(users.staffLevel),
        contains([users.email, users.name], input.search),
        isBefore(users.createdAt, users.id, after),
      ),
    )
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(input.limit + 1)
  return page(
    rows,
    input.limit,
    (row) => ({ at: row.createdAt, id: row.id }),
    ({ createdAt: _, ...row }) => ({ ...row, id: toPublicId('user', row.id) }),
  )
}

/** {@link setStaffLevel} by somebody of the staff. */
export async function grantStaff(ctx: StaffContext, { email, level }: z.output<typeof staffInput>) {
  refuseOneself(ctx, email)
  await setStaffLevel(ctx.deps.db, { email, level })
  ctx.deps.log.info({ staff: ctx.user.id, level }, 'staff level given')
}

export async function revokeStaff(ctx: StaffContext, { email }: z.output<typeof staffEmailInput>) {
  refuseOneself(ctx, email)
  await setStaffLevel(ctx.deps.db, { email, level: null })
  ctx.deps.log.info({ staff: ctx.user.id }, 'staff level taken')
}

/** So that the last admin cannot leave a platform without one by a slip. */
function refuseOneself({ user }: StaffContext, email: string) {
  if (user.email === email) {
    throw new DomainError('invalid_input', 'Nobody changes their own level. Ask another admin of the staff.')
  }
}
