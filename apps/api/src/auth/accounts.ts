import { DomainError } from '@tallyforge/core/errors'
import { toPublicId } from '@tallyforge/core/ids'
import type { signInInput, signUpInput } from '@tallyforge/core/inputs/auth'
import type { Database } from '@tallyforge/db/client'
import { users } from '@tallyforge/db/schema'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { listOrgsOf } from '../orgs/memberships.ts'
import { createPersonalOrg } from '../orgs/personal-org.ts'
import type { Context } from '../trpc.ts'
import type { SignedIn } from './sessions.ts'

/** The session as clients see it: the person, their orgs, and when it ends without use. */
export async function describeSession(db: Database, { user, expiresAt }: Omit<SignedIn, 'startedAt'>) {
  const orgs = await listOrgsOf(db, user.id)
  return {
    user: { ...user, id: toPublicId('user', user.id) },
    orgs: orgs.map((org) => ({ ...org, id: toPublicId('org', org.id) })),
    expiresAt,
  }
}

/**
 * Makes a user, their personal org and its first grant in one transaction, and signs them in. The password is hashed
 * before the address is looked up, so a taken address costs the same time. @throws conflict for a taken address.
 */
export async function signUp(ctx: Context, input: z.output<typeof signUpInput>) {
  const { db, passwords, throttle } = ctx.deps
  await throttle.signUp(ctx.ip)
  const passwordHash = await passwords.hash(input.password)
  const user = await db.withService(async (tx) => {
    const [made] = await tx
      .insert(users)
      .values({ email: input.email, name: input.name, passwordHash })
      .onConflictDoNothing()
      .returning({ id: users.id, email: users.email, name: users.name, staffLevel: users.staffLevel })
    if (made === undefined) {
      throw new DomainError(
        'conflict',
        'This address cannot be used for a new account. If it is yours, sign in.',
      )
    }
    await createPersonalOrg(tx, made)
    return made
  })
  return startSession(ctx, user)
}

/**
 * Signs in by email and password. Unknown, wrong and suspended answer alike, after exactly one argon2 verification.
 * @throws unauthenticated with the one generic answer; too_many_requests while a wait is on.
 */
export async function signIn(ctx: Context, input: z.output<typeof signInInput>) {
  const { db, passwords, throttle } = ctx.deps
  await throttle.beforeSignIn(input.email, ctx.ip)
  const [user] = await db.service.select().from(users).where(eq(users.email, input.email))
  const isMatch = await passwords.verify(user?.passwordHash ?? null, input.password)
  // Again: of many attempts sent at once, all pass the first look, and those that end while a wait is on must learn nothing.
  await throttle.beforeSignIn(input.email, ctx.ip)
  if (!isMatch || user === undefined || user.suspendedAt !== null) {
    await throttle.signInFailed(input.email, ctx.ip)
    throw new DomainError('unauthenticated', 'The email address or the password is not right.')
  }
  await throttle.signInSucceeded(input.email)
  return startSession(ctx, { id: user.id, email: user.email, name: user.name, staffLevel: user.staffLevel })
}

/** Ends the session of this browser. Signing out twice changes nothing. */
export async function signOut(ctx: Context): Promise<void> {
  ctx.setCookie(await ctx.deps.sessions.end(ctx.credential))
}

/** A new token at every sign-in; whatever session the browser brought is ended (session fixation). */
async function startSession(ctx: Context, user: SignedIn['user']) {
  await ctx.deps.sessions.end(ctx.credential)
  const { cookie, expiresAt } = await ctx.deps.sessions.issue(user.id, ctx.browser())
  ctx.setCookie(cookie)
  return describeSession(ctx.deps.db, { user, expiresAt })
}
