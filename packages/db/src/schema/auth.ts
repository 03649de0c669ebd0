import { type StaffLevel, staffLevels } from '@tallyforge/core/staff'
import { sql } from 'drizzle-orm'
import { check, index, pgSchema, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAtColumn, idColumn, instant } from './columns.ts'

/** Identity is not tenant data: a person may belong to many orgs. Only app_service reads and writes it. */
export const auth = pgSchema('auth')

export const users = auth.table(
  'users',
  {
    id: idColumn(),
    /** Normalized by core/inputs/auth.ts: NFKC, lower case. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    /** argon2id, in its PHC string with the parameters. */
    passwordHash: text('password_hash').notNull(),
    suspendedAt: instant('suspended_at'),
    /** Rights over the whole platform; null for everybody who is not staff. */
    staffLevel: text('staff_level').$type<StaffLevel>(),
    /** When they got this level; null too for those who had it before this was kept. */
    staffSince: instant('staff_since'),
    createdAt: createdAtColumn(),
  },
  (t) => [
    primaryKey({ columns: [t.id] }),
    unique('users_email_unique').on(t.email),
    // The list of everybody, newest first.
    index('users_created').on(t.createdAt, t.id),
    // The list of the staff: a few among everybody.
    index('users_staff').on(t.createdAt, t.id).where(sql`${t.staffLevel} is not null`),
    check(
      'users_staff_level',
      sql`${t.staffLevel} in (${sql.raw(staffLevels.map((level) => `'${level}'`).join(', '))})`,
    ),
  ],
)

export const sessionKinds = ['browser', 'device'] as const
export type SessionKind = (typeof sessionKinds)[number]

export const sessions = auth.table(
  'sessions',
  {
    /** SHA-256 of the token in hex: the token itself is only in the person's cookie. */
    id: text('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
    /** A browser shows its token as a cookie, a device (an editor, a command line) as a bearer. */
    kind: text('kind').$type<SessionKind>().notNull().default('browser'),
    /** What a device calls itself. */
    label: text('label'),
    /** The end that no use of the session moves. */
    endsAt: instant('ends_at').notNull().default(sql`now() + interval '90 days'`),
    /** When the person proved who they are. A device's is that of the session that let it in, whose end is its own too. */
    signedInAt: instant('signed_in_at').notNull().defaultNow(),
    createdAt: createdAtColumn(),
  },
  (t) => [
    index('sessions_user').on(t.userId),
    index('sessions_expiry').on(t.expiresAt),
    check(
      'sessions_kind',
      sql`${t.kind} in (${sql.raw(sessionKinds.map((kind) => `'${kind}'`).join(', '))})`,
    ),
  ],
)

export const deviceSignInStates = ['pending', 'approved', 'denied', 'used'] as const
export type DeviceSignInState = (typeof deviceSignInStates)[number]

/** A device that waits until somebody who is signed in lets it in (RFC 8628). */
export const deviceSignIns = auth.table(
  'device_sign_ins',
  {
    /** SHA-256 of the device code in hex: the code itself is only in the device. */
    id: text('id').primaryKey(),
    /** What people type; eight letters without vowels. */
    userCode: text('user_code').notNull(),
    label: text('label').notNull(),
    state: text('state').$type<DeviceSignInState>().notNull().default('pending'),
    /** Who decided. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** In which session: once that has ended, nothing waits here any more. */
    sessionId: text('session_id').references(() => sessions.id, { onDelete: 'cascade' }),
    polledAt: instant('polled_at'),
    expiresAt: instant('expires_at').notNull(),
    createdAt: createdAtColumn(),
  },
  (t) => [
    unique('device_sign_ins_user_code').on(t.userCode),
    index('device_sign_ins_expiry').on(t.expiresAt),
    check(
      'device_sign_ins_state',
      sql`${t.state} in (${sql.raw(deviceSignInStates.map((state) => `'${state}'`).join(', '))})`,
    ),
    index('device_sign_ins_session').on(t.sessionId),
    check('device_sign_ins_decided', sql`(${t.userId} is null) = (${t.state} = 'pending')`),
  ],
)
