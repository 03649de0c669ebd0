import { sql } from 'drizzle-orm'
import { index, pgSchema, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
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
    createdAt: createdAtColumn(),
  },
  (t) => [primaryKey({ columns: [t.id] }), unique('users_email_unique').on(t.email)],
)

export const sessions = auth.table(
  'sessions',
  {
    /** SHA-256 of the token in hex: the token itself is only in the person's cookie. */
    id: text('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
    /** The end that no use of the session moves. */
    endsAt: instant('ends_at').notNull().default(sql`now() + interval '90 days'`),
    createdAt: createdAtColumn(),
  },
  (t) => [index('sessions_user').on(t.userId), index('sessions_expiry').on(t.expiresAt)],
)
