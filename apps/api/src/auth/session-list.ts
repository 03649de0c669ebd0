import type { sessionInput } from '@tallyforge/core/inputs/auth'
import { sessions } from '@tallyforge/db/schema'
import { and, desc, eq, gt } from 'drizzle-orm'
import type { z } from 'zod'
import type { Context } from '../trpc.ts'
import { hash } from './lucia.ts'
import type { SignedIn } from './sessions.ts'

type PersonContext = Context & { user: SignedIn['user'] }

/** The person's open sessions, the newest first. */
export async function listSessions({ deps, credential, user }: PersonContext) {
  const current = credential === null ? null : hash(credential.token)
  const rows = await deps.db.service
    .select({
      id: sessions.id,
      kind: sessions.kind,
      label: sessions.label,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, user.id), gt(sessions.expiresAt, deps.clock())))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(200)
  return rows.map((row) => ({ ...row, isCurrent: row.id === current }))
}

/** Ends one session of the person. One that has ended, was none or is somebody else's changes nothing. */
export async function revokeSession(
  { deps, user }: PersonContext,
  { sessionId }: z.output<typeof sessionInput>,
): Promise<void> {
  await deps.db.service.delete(sessions).where(and(eq(sessions.id, sessionId), eq(sessions.userId, user.id)))
}
