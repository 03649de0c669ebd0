import { DomainError } from '@tallyforge/core/errors'
import type { staffEmailInput, staffInput } from '@tallyforge/core/inputs/admin'
import type { StaffLevel } from '@tallyforge/core/staff'
import type { Database } from '@tallyforge/db/client'
import { users } from '@tallyforge/db/schema'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { SignedIn } from '../auth/sessions.ts'
import type { Context } from '../trpc.ts'

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
    .set({ staffLevel: level })
    .where(eq(users.email, email))
    .returning({ id: users.id })
  if (changed.length === 0) {
    throw new DomainError('not_found', 'Nobody has an account with this address. They sign up first.')
  }
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
