import type { IncomingHttpHeaders } from 'node:http'
import type { StaffLevel } from '@tallyforge/core/staff'
import type { Orm } from '@tallyforge/db/client'
import { type SessionKind, sessions, users } from '@tallyforge/db/schema'
import type { ServiceTx } from '@tallyforge/db/tenancy'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { createLucia, hash } from './lucia.ts'

export type SignedIn = {
  user: { id: string; email: string; name: string; staffLevel: StaffLevel | null }
  /** When the person proved who they are; of a device, when whoever let it in did. */
  startedAt: Date
  expiresAt: Date
}

/** What a request shows to say whose it is: a browser's cookie, or the bearer token of a device. Null: neither. */
export type Credential = { kind: SessionKind; token: string } | null

export type IssuedSession = { token: string; cookie: string; expiresAt: Date }

/** `label` names a device for its owner; the times are those of the session that let it in. */
export type Device = { label: string; signedInAt: Date; endsAt: Date }

/** Sessions as the rest of the API sees them: credentials in, people out. The one place that issues and ends them. */
export type SessionStore = {
  /** Reads the credential of a request. A bearer decides alone: the cookie beside it is not looked at. */
  credentialOf: (headers: IncomingHttpHeaders) => Credential
  /**
   * Makes a browser's session with a new token, for somebody who has just proved who they are. `label` is how they know the
   * browser, if we know it.
   */
  issue: (userId: string, label: string | null) => Promise<IssuedSession>
  /** Makes a device's session, as part of what lets it in. It is no fresher than the session that let it in, and ends with it. */
  issueForDevice: (tx: ServiceTx, userId: string, device: Device) => Promise<IssuedSession>
  /** Who a credential belongs to. `renewed` is a Set-Cookie header when the end of a browser's session has moved. */
  read: (credential: Credential) => Promise<{ signedIn: SignedIn; renewed: string | null } | null>
  /** Whether the session still stands, for what goes on after its request was let in. Renews nothing. */
  isOpen: (credential: Credential) => Promise<boolean>
  /** Ends the session of a credential, if it has one, and returns the Set-Cookie header that forgets it. */
  end: (credential: Credential) => Promise<string>
  /** Ends every session of a person, as part of what makes them worthless. */
  endAll: (tx: ServiceTx, userId: string) => Promise<void>
}

export function createSessionStore(db: Orm, options: { isSecure: boolean; clock: () => Date }): SessionStore {
  const lucia = createLucia(db, options)
  const issued = ({ id, expiresAt }: { id: string; expiresAt: Date }): IssuedSession => ({
    token: id,
    cookie: lucia.createSessionCookie(id).serialize(),
    expiresAt,
  })
  return {
    credentialOf: (headers) => {
      const bearer = bearerOf(headers)
      const token = bearer ?? cookieToken(headers.cookie ?? '', lucia.sessionCookieName)
      return isToken(token) ? { kind: bearer === null ? 'browser' : 'device', token } : null
    },
    issue: async (userId, label) => issued(await lucia.createSession(userId, { kind: 'browser', label })),
    issueForDevice: async (tx, userId, device) =>
      issued(await createLucia(tx, options).createSession(userId, { kind: 'device', ...device })),
    read: async (credential) => {
      if (credential === null) return null
      const { session, user } = await lucia.validateSession(credential.token)
      // A device's token is no cookie, and a cookie no bearer: what steals the one cannot use it as the other.
      if (session === null || session.kind !== credential.kind) return null
      const isOver = session.endsAt !== null && session.endsAt <= options.clock()
      if (isOver || user.suspendedAt !== null) {
        await lucia.invalidateSession(credential.token)
        return null
      }
      const isRenewed = session.fresh && credential.kind === 'browser'
      return {
        signedIn: {
          user: { id: user.id, email: user.email, name: user.name, staffLevel: user.staffLevel },
          startedAt: session.signedInAt ?? new Date(0),
          expiresAt: session.expiresAt,
        },
        renewed: isRenewed ? lucia.createSessionCookie(credential.token).serialize() : null,
      }
    },
    isOpen: async (credential) => {
      if (credential === null) return false
      const now = options.clock()
      const open = await db
        .select({ id: sessions.id })
        .from(sessions)
        .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.suspendedAt)))
        .where(
          and(
            eq(sessions.id, hash(credential.token)),
            eq(sessions.kind, credential.kind),
            gt(sessions.expiresAt, now),
            gt(sessions.endsAt, now),
          ),
        )
      return open.length === 1
    },
    end: async (credential) => {
      if (credential !== null) await lucia.invalidateSession(credential.token)
      return lucia.createBlankSessionCookie().serialize()
    },
    endAll: async (tx, userId) => {
      await tx.delete(sessions).where(eq(sessions.userId, userId))
    },
  }
}

/** What follows `Bearer` in the Authorization header; null without one. Other schemes belong to proxies in front of us. */
export function bearerOf({ authorization = '' }: IncomingHttpHeaders): string | null {
  return /^Bearer +(.*)$/i.exec(authorization)?.[1] ?? null
}

/**
 * The token in a Cookie header. Lucia's own reader decodes every cookie of the site and throws on a stray `%`, so one bad
 * cookie of anybody would shut its owner out.
 */
function cookieToken(cookieHeader: string, name: string): string {
  const own = cookieHeader
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
  return own?.slice(name.length + 1) ?? ''
}

/** Only what can be a token passes. */
const isToken = (text: string) => /^[a-z0-9]{40}$/.test(text)
