import type { Orm } from '@tallyforge/db/client'
import { sessions, users } from '@tallyforge/db/schema'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { createLucia, hash } from './lucia.ts'

export type SignedIn = { user: { id: string; email: string; name: string }; expiresAt: Date }

/** Sessions as the rest of the API sees them: cookies in, people out. The one place that issues and ends them. */
export type SessionStore = {
  /** Makes a session with a new token and returns its Set-Cookie header. Every way in ends here. */
  issue: (userId: string) => Promise<{ cookie: string; expiresAt: Date }>
  /** Who a Cookie header belongs to. `renewed` is a Set-Cookie header when the session's end has moved. */
  read: (cookieHeader: string) => Promise<{ signedIn: SignedIn; renewed: string | null } | null>
  /** Whether the session still stands, for what goes on after its request was let in. Renews nothing. */
  isOpen: (cookieHeader: string) => Promise<boolean>
  /** Ends the session of a Cookie header, if it has one, and returns the Set-Cookie header that forgets it. */
  end: (cookieHeader: string) => Promise<string>
}

export function createSessionStore(db: Orm, options: { isSecure: boolean; clock: () => Date }): SessionStore {
  const lucia = createLucia(db, options)
  return {
    issue: async (userId) => {
      const session = await lucia.createSession(userId, {})
      return { cookie: lucia.createSessionCookie(session.id).serialize(), expiresAt: session.expiresAt }
    },
    read: async (cookieHeader) => {
      const token = readToken(cookieHeader, lucia.sessionCookieName)
      if (token === null) return null
      const { session, user } = await lucia.validateSession(token)
      if (session === null) return null
      const isOver = session.endsAt !== null && session.endsAt <= options.clock()
      if (isOver || user.suspendedAt !== null) {
        await lucia.invalidateSession(token)
        return null
      }
      return {
        signedIn: { user: { id: user.id, email: user.email, name: user.name }, expiresAt: session.expiresAt },
        renewed: session.fresh ? lucia.createSessionCookie(token).serialize() : null,
      }
    },
    isOpen: async (cookieHeader) => {
      const token = readToken(cookieHeader, lucia.sessionCookieName)
      if (token === null) return false
      const now = options.clock()
      const open = await db
        .select({ id: sessions.id })
        .from(sessions)
        .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.suspendedAt)))
        .where(and(eq(sessions.id, hash(token)), gt(sessions.expiresAt, now), gt(sessions.endsAt, now)))
      return open.length === 1
    },
    end: async (cookieHeader) => {
      const token = readToken(cookieHeader, lucia.sessionCookieName)
      if (token !== null) await lucia.invalidateSession(token)
      return lucia.createBlankSessionCookie().serialize()
    },
  }
}

/**
 * The token in a Cookie header. Lucia's own reader decodes every cookie of the site and throws on a stray `%`, so one bad
 * cookie of anybody would shut its owner out. Only what can be a token passes.
 */
function readToken(cookieHeader: string, name: string): string | null {
  const own = cookieHeader
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
  const token = own?.slice(name.length + 1) ?? ''
  return /^[a-z0-9]{40}$/.test(token) ? token : null
}
