import { randomBytes, randomInt } from 'node:crypto'
import { DomainError } from '@tallyforge/core/errors'
import type { deviceCodeInput, devicePollInput, deviceStartInput } from '@tallyforge/core/inputs/auth'
import { deviceSignIns, users } from '@tallyforge/db/schema'
import { and, eq, gt, isNull, lte } from 'drizzle-orm'
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

/** What waits under a code, for the person who is asked to let it in. @throws not_found; too_many_requests after wrong codes. */
export async function describeDevice(ctx: PersonContext, { userCode }: z.output<typeof deviceCodeInput>) {
  const { db, throttle } = ctx.deps
  await throttle.beforeSignIn(ctx.user.email, ctx.ip)
  const [waiting] = await db.service
    .select({ label: deviceSignIns.label, createdAt: deviceSignIns.createdAt })
    .from(deviceSignIns)
    .where(waitsUnder(ctx, userCode))
  if (waiting === undefined) throw await wrongCode(ctx)
  return waiting
}

/**
 * Lets a device in, or not. It gets a session of this person at its next question. A second answer finds nothing to
 * answer. @throws not_found; too_many_requests after wrong codes.
 */
export async function decideDevice(
  ctx: PersonContext,
  { userCode }: z.output<typeof deviceCodeInput>,
  decision: 'approved' | 'denied',
) {
  const { db, throttle } = ctx.deps
  await throttle.beforeSignIn(ctx.user.email, ctx.ip)
  const [decided] = await db.service
    .update(deviceSignIns)
    .set({ state: decision, userId: ctx.user.id })
    .where(waitsUnder(ctx, userCode))
    .returning({ label: deviceSignIns.label })
  if (decided === undefined) throw await wrongCode(ctx)
  return decided
}

function waitsUnder(ctx: Context, userCode: string) {
  return and(
    eq(deviceSignIns.userCode, userCode),
    eq(deviceSignIns.state, 'pending'),
    gt(deviceSignIns.expiresAt, ctx.deps.clock()),
  )
}

/** Wrong codes count like wrong passwords: nobody finds a code by trying. */
async function wrongCode(ctx: PersonContext): Promise<DomainError> {
  await ctx.deps.throttle.signInFailed(ctx.user.email, ctx.ip)
  return new DomainError(
    'not_found',
    'No device waits under this code. It may have expired: start again on the device.',
  )
}

/** Why a device is not let in now. */
type Wait = 'pending' | 'slow_down' | 'denied' | 'expired'

/**
 * What the device asks every few seconds. `approved` comes once, with a session's token; whoever asks again, or with a
 * code that never was, hears `expired`.
 */
export async function pollDevice(
  ctx: Context,
  { deviceCode }: z.output<typeof devicePollInput>,
): Promise<{ status: Wait } | { status: 'approved'; token: string; expiresAt: Date }> {
  const { db, sessions, clock } = ctx.deps
  const id = hash(deviceCode)
  const now = clock()
  const answer = await db.withService(async (tx): Promise<Wait | { userId: string; label: string }> => {
    const [waiting] = await tx
      .select()
      .from(deviceSignIns)
      .where(and(eq(deviceSignIns.id, id), gt(deviceSignIns.expiresAt, now)))
      .for('update')
    if (waiting === undefined || waiting.state === 'used') return 'expired'
    if (waiting.state === 'denied') return 'denied'
    if (waiting.state === 'pending') {
      const earliest = (waiting.polledAt?.getTime() ?? 0) + (intervalSeconds * 1_000) / 2
      await tx.update(deviceSignIns).set({ polledAt: now }).where(eq(deviceSignIns.id, id))
      return now.getTime() < earliest ? 'slow_down' : 'pending'
    }
    await tx.update(deviceSignIns).set({ state: 'used' }).where(eq(deviceSignIns.id, id))
    return { userId: waiting.userId ?? '', label: waiting.label }
  })
  if (typeof answer === 'string') return { status: answer }
  const [person] = await db.service
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, answer.userId), isNull(users.suspendedAt)))
  if (person === undefined) return { status: 'denied' }
  const { token, expiresAt } = await sessions.issue(person.id, { kind: 'device', label: answer.label })
  return { status: 'approved', token, expiresAt }
}
