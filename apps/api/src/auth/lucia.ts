import { createHash } from 'node:crypto'
import { DrizzlePostgreSQLAdapter } from '@lucia-auth/adapter-drizzle'
import type { StaffLevel } from '@tallyforge/core/staff'
import type { Orm } from '@tallyforge/db/client'
import { type SessionKind, sessions, users } from '@tallyforge/db/schema'
import type { ServiceTx } from '@tallyforge/db/tenancy'
import { type Adapter, Lucia, TimeSpan } from 'lucia'

// The only file that imports Lucia, which is no longer developed upstream: replacing it is replacing this file.

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>
    DatabaseUserAttributes: {
      email: string
      name: string
      suspendedAt: Date | null
      staffLevel: StaffLevel | null
    }
    DatabaseSessionAttributes: { kind: SessionKind; label: string | null; endsAt?: Date; signedInAt?: Date }
  }
}

/** What the database knows a session by. */
export const hash = (token: string) => createHash('sha256').update(token).digest('hex')

/**
 * Lucia over our tables. The database keeps only SHA-256 of a session's token, so a dump signs nobody in; Lucia itself
 * keeps seeing the raw token as the session's id.
 */
export function createLucia(db: Orm | ServiceTx, options: { isSecure: boolean }) {
  const rows = new DrizzlePostgreSQLAdapter(db, sessions, users)
  const adapter: Adapter = {
    setSession: (session) => rows.setSession({ ...session, id: hash(session.id) }),
    updateSessionExpiration: (token, expiresAt) => rows.updateSessionExpiration(hash(token), expiresAt),
    deleteSession: (token) => rows.deleteSession(hash(token)),
    getSessionAndUser: async (token) => {
      const [session, user] = await rows.getSessionAndUser(hash(token))
      return session === null || user === null ? [null, null] : [{ ...session, id: token }, user]
    },
    getUserSessions: (userId) => rows.getUserSessions(userId),
    deleteUserSessions: (userId) => rows.deleteUserSessions(userId),
    deleteExpiredSessions: () => rows.deleteExpiredSessions(),
  }
  return new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    // Browsers accept the __Host- prefix only with Secure, which plain http on loopback cannot have.
    sessionCookie: {
      name: options.isSecure ? '__Host-sid' : 'sid',
      attributes: { secure: options.isSecure, sameSite: 'lax', path: '/' },
    },
    getSessionAttributes: ({ kind, endsAt = null, signedInAt = null }) => ({ kind, endsAt, signedInAt }),
    getUserAttributes: ({ email, name, suspendedAt, staffLevel }) => ({
      email,
      name,
      suspendedAt,
      staffLevel,
    }),
  })
}
