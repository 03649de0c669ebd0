import { DomainError } from '@tallyforge/core/errors'
import { toPublicId } from '@tallyforge/core/ids'
import type { changePasswordInput, profileInput } from '@tallyforge/core/inputs/auth'
import { users } from '@tallyforge/db/schema'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Context } from '../trpc.ts'
import { describeSession } from './accounts.ts'
import type { SignedIn } from './sessions.ts'

type PersonContext = Context & { user: SignedIn['user'] }

/** Changes how the person is called. The same name again changes nothing. */
export async function updateProfile({ deps, user }: PersonContext, { name }: z.output<typeof profileInput>) {
  await deps.db.service.update(users).set({ name }).where(eq(users.id, user.id))
  return { ...user, id: toPublicId('user', user.id), name }
}

/**
 * Replaces the password, ends every session of the person and begins a new one here. Wrong current passwords make
 * wait. @throws invalid_input for a wrong current password; conflict when another change came first;
 * too_many_requests while a wait is on.
 */
export async function changePassword(ctx: PersonContext, input: z.output<typeof changePasswordInput>) {
  const { db, passwords, sessions, throttle } = ctx.deps
  const { user } = ctx
  await throttle.beforeProof(user.id, ctx.ip)
  const [stored] = await db.service
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, user.id))
  const isMatch = await passwords.verify(stored?.passwordHash ?? null, input.currentPassword)
  // Again: of many attempts sent at once, all pass the first look, and those that end while a wait is on must learn nothing.
  await throttle.beforeProof(user.id, ctx.ip)
  if (stored === undefined || !isMatch) {
    await throttle.proofFailed(user.id, ctx.ip)
    throw wrongPassword()
  }
  await throttle.proofSucceeded(user.id)
  const passwordHash = await passwords.hash(input.newPassword)
  await db.withService(async (tx) => {
    const changed = await tx
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, user.id), eq(users.passwordHash, stored.passwordHash)))
      .returning({ id: users.id })
    if (changed.length === 0) {
      throw new DomainError('conflict', 'The password was changed elsewhere just now. Sign in again.')
    }
    await sessions.endAll(tx, user.id)
  })
  const { cookie, expiresAt } = await sessions.issue(user.id, ctx.browser())
  ctx.setCookie(cookie)
  return describeSession(db, { user, expiresAt })
}

/** A failure of one field, in the form of every other one, so that the page shows it there. */
function wrongPassword(): DomainError {
  const message = 'The current password is not right.'
  const cause = new z.ZodError([{ code: 'custom', path: ['currentPassword'], message, input: undefined }])
  return new DomainError('invalid_input', message, { cause })
}
