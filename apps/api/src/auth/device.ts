import { randomBytes, randomInt } from 'node:crypto'
import { DomainError } from '@tallyforge/core/errors'
import type { deviceCodeInput, devicePollInput, deviceStartInput } from '@tallyforge/core/inputs/auth'
import { deviceSignIns, sessions, users } from '@tallyforge/db/schema'
import type { ServiceTx } from '@tallyforge/db/tenancy'
import { and, eq, gt, inArray, isNull, lte, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { Context } from '../trpc.ts'
import { hash } from './lucia.ts'
import type { SignedIn } from './sessions.ts'

// The device authorization grant, RFC 8628: a device shows a code, a person who is signed in lets it in.

const lifeSeconds = 600
const intervalSeconds = 2
/** RFC 8628, 6.1: no vowels, so that no code is a word, and no characters that look alike. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ'

type PersonContext = Context & { user: SignedIn['user'] }

/** Begins to wait. The device code is the device's secret; the user code is what it shows. */
export async function startDevice(ctx: Context, { label }: z.output<typeof deviceStartInput>) {
  const { db, env, throttle } = ctx.deps
  await throttle.deviceStart(ctx.ip)
  const deviceCode = createDeviceCode()
  const userCode = Array.from({ length: 8 }, () => letters.charAt(randomInt(letters.length))).join('')
  const now = ctx.deps.clock()
  await db.withService(async (tx) => {
    await tx.delete(deviceSignIns).where(lte(deviceSignIns.expiresAt, now))
    await tx.insert(deviceSignIns).values({
      id: hash(deviceCode),
      userCode,
      label,
      expiresAt: new Date(now.getTime() + lifeSeconds * 1_000),
    })
  })
  const shown = `${userCode.slice(0, 4)}-${userCode.slice(4)}`
  return {
    deviceCode,
    userCode: shown,
    verificationUrl: `${env.PUBLIC_URL}/device`,
    verificationUrlComplete: `${env.PUBLIC_URL}/device?code=${shown}`,
    expiresInSeconds: lifeSeconds,
    intervalSeconds,
  }
}

/** 40 characters of base 32: 200 bits, in the alphabet of a session's token. */
function createDeviceCode(): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
  return [...randomBytes(40)].map((byte) => alphabet.charAt(byte & 31)).join('')
}

/**
 * What waits under a code, for the person who is asked to let it in.
 * @throws forbidden for a device; not_found; too_many_requests after wrong codes.
 */
export async function describeDevice(ctx: PersonContext, { userCode }: z.output<typeof deviceCodeInput>) {
  const { db, throttle } = ctx.deps
  requireBrowser(ctx)
  await throttle.beforeProof(ctx.user.id, ctx.ip)
  const [waiting] = await db.service
    .select({ label: deviceSignIns.label, createdAt: deviceSignIns.createdAt })
    .from(deviceSignIns)
    .where(waitsUnder(ctx, userCode))
  if (waiting === undefined) throw await wrongCode(ctx)
  return waiting
}

/**
 * Lets a device in, or not. It gets a session of this person at its next question, as long as this one still stands. A second
 * answer finds nothing to answer. @throws forbidden for a device; not_found; too_many_requests after wrong codes.
 */
export async function decideDevice(
  ctx: PersonContext,
  { userCode }: z.output<typeof deviceCodeInput>,
  decision: 'approved' | 'denied',
) {
  const { db, throttle } = ctx.deps
  const { token } = requireBrowser(ctx)
  await throttle.beforeProof(ctx.user.id, ctx.ip)
  const [decided] = await db.service
    .update(deviceSignIns)
    .set({ state: decision, userId: ctx.user.id, sessionId: hash(token) })
    .where(waitsUnder(ctx, userCode))
    .returning({ label: deviceSignIns.label })
  if (decided === undefined) throw await wrongCode(ctx)
  return decided
}

/** A device lets no device in: a token that leaked would make others that live on when it is revoked. */
function requireBrowser({ credential }: Context): { token: string } {
  if (credential?.kind === 'browser') return credential
  throw new DomainError(
    'forbidden',
    'Devices are let in from a browser. Open the address that the device shows.',
  )
}

function waitsUnder(ctx: Context, userCode: string) {
  return and(
    eq(deviceSignIns.userCode, userCode),
    eq(deviceSignIns.state, 'pending'),
    gt(deviceSignIns.expiresAt, ctx.deps.clock()),
  )
}

/** Nobody finds a code by trying. */
async function wrongCode({ deps, user, ip }: PersonContext): Promise<DomainError> {
  // Again: of many codes sent at once, all pass the first look, and those that end while a wait is on must learn nothing.
  await deps.throttle.beforeProof(user.id, ip)
  await deps.throttle.proofFailed(user.id, ip)
  return new DomainError(
    'not_found',
    'No device waits under this code. It may have expired: start again on the device.',
  )
}

/** Why a device is not let in now. */
type Wait = 'pending' | 'slow_down' | 'denied' | 'expired'

/**
 * What the device asks every few seconds. `approved` comes once, with a session's token; whoever asks again, with a code that
 * never was, or after the session that let it in has ended, hears `expired`.
 */
export async function pollDevice(
  ctx: Context,
  { deviceCode }: z.output<typeof devicePollInput>,
): Promise<{ status: Wait } | { status: 'approved'; token: string; expiresAt: Date }> {
  const { db, clock } = ctx.deps
  const now = clock()
  const isThis = and(eq(deviceSignIns.id, hash(deviceCode)), gt(deviceSignIns.expiresAt, now))
  return db.withService(async (tx) => {
    const isStanding = await holdPerson(tx, isThis)
    const [waiting] = await tx.select().from(deviceSignIns).where(isThis).for('update')
    if (waiting === undefined || waiting.state === 'used') return { status: 'expired' }
    if (waiting.state === 'denied') return { status: 'denied' }
    if (waiting.state === 'pending') {
      const earliest = (waiting.polledAt?.getTime() ?? 0) + (intervalSeconds * 1_000) / 2
      await tx.update(deviceSignIns).set({ polledAt: now }).where(isThis)
      return { status: now.getTime() < earliest ? 'slow_down' : 'pending' }
    }
    await tx.update(deviceSignIns).set({ state: 'used' }).where(isThis)
    const approver = await findApprover(tx, waiting, now)
    if (!isStanding || waiting.userId === null || approver === null) return { status: 'denied' }
    const device = { label: waiting.label, ...approver }
    const { token, expiresAt } = await ctx.deps.sessions.issueForDevice(tx, waiting.userId, device)
    return { status: 'approved', token, expiresAt }
  })
}

/**
 * Keeps whoever let the device in as they are until the transaction ends. A change of the password changes this row before it ends
 * all sessions: it either comes first, and nothing waits here any more, or ends the new session with the others.
 */
async function holdPerson(tx: ServiceTx, isThis: SQL | undefined): Promise<boolean> {
  const person = await tx
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        inArray(users.id, tx.select({ id: deviceSignIns.userId }).from(deviceSignIns).where(isThis)),
        isNull(users.suspendedAt),
      ),
    )
    .for('share')
  return person.length === 1
}

/** The times of the session that let the device in, which must still stand. */
async function findApprover(tx: ServiceTx, { sessionId }: { sessionId: string | null }, now: Date) {
  if (sessionId === null) return null
  const [approver] = await tx
    .select({ signedInAt: sessions.signedInAt, endsAt: sessions.endsAt })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), gt(sessions.expiresAt, now), gt(sessions.endsAt, now)))
  return approver ?? null
}
