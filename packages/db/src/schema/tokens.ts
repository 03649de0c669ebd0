import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  jsonb,
  pgPolicy,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { app } from './app.ts'
import { bytes, createdAtColumn, idColumn, instant, microtokens, orgIdColumn } from './columns.ts'
import { orgs } from './orgs.ts'
import { appLedger, appUser, ledgerPolicies, platformPolicies } from './policies.ts'

/** The accounts of every org. `wallet` is what people call the balance; the five of one org always sum to zero. */
export const accountKinds = ['wallet', 'source', 'usage', 'expired', 'quality'] as const
export type AccountKind = (typeof accountKinds)[number]

/** `balance` and `held` are kept by the ledger functions and checked against entries and holds by tests and `diagnose`. */
export const accounts = app.table(
  'accounts',
  {
    orgId: orgIdColumn().references(() => orgs.id),
    kind: text('kind').$type<AccountKind>().notNull(),
    balance: microtokens('balance').notNull().default(sql`0`),
    /** Set aside by open holds; only a wallet has any. */
    held: microtokens('held').notNull().default(sql`0`),
    /** What `balance − held` can never fall below. Only wallets have one; the others may be negative. */
    floor: microtokens('floor'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.kind] }),
    check('accounts_floor', sql`${t.floor} is null or ${t.balance} - ${t.held} >= ${t.floor}`),
    // Far from the ends of a bigint, so that no sum of the ledger can overflow (0001_ledger.sql).
    check('accounts_floor_range', sql`${t.floor} between -1000000000000000000 and 1000000000000000000`),
    check('accounts_held', sql`${t.held} >= 0 and (${t.held} = 0 or ${t.kind} = 'wallet')`),
    check('accounts_wallet_floor', sql`(${t.kind} = 'wallet') = (${t.floor} is not null)`),
    check('accounts_kind', sql`${t.kind} in ('wallet', 'source', 'usage', 'expired', 'quality')`),
    ...ledgerPolicies('accounts'),
  ],
)

/** Tokens set aside for one call (none, for a free one), under the call's operation id. Ends exactly once. */
export const holds = app.table(
  'holds',
  {
    orgId: orgIdColumn().references(() => orgs.id),
    id: idColumn(),
    operationId: uuid('operation_id').notNull(),
    requestHash: bytes('request_hash').notNull(),
    amount: microtokens('amount').notNull(),
    state: text('state').$type<'open' | 'settled' | 'released' | 'expired'>().notNull().default('open'),
    /** Charged at the end; 0 unless settled. */
    charged: microtokens('charged').notNull().default(sql`0`),
    priceBookId: text('price_book_id').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAtColumn(),
    expiresAt: instant('expires_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('holds_operation').on(t.orgId, t.operationId),
    // For the sweep over all orgs: the one index here that does not lead with org_id.
    index('holds_open_expiry').on(t.expiresAt).where(sql`${t.state} = 'open'`),
    check('holds_amount', sql`${t.amount} >= 0 and ${t.charged} between 0 and ${t.amount}`),
    check('holds_state', sql`${t.state} in ('open', 'settled', 'released', 'expired')`),
    check('holds_closed', sql`(${t.state} = 'open') = (${t.closedAt} is null)`),
    ...ledgerPolicies('holds'),
  ],
)

/** One move between two accounts of one org. Append-only. */
export const transfers = app.table(
  'transfers',
  {
    orgId: orgIdColumn().references(() => orgs.id),
    id: idColumn(),
    operationId: uuid('operation_id').notNull(),
    requestHash: bytes('request_hash').notNull(),
    kind: text('kind').$type<'grant' | 'settle' | 'expire' | 'quality'>().notNull(),
    amount: microtokens('amount').notNull(),
    fromKind: text('from_kind').$type<AccountKind>().notNull(),
    toKind: text('to_kind').$type<AccountKind>().notNull(),
    /** The prices that a charge was computed with; null for grants and expiries, which have none. */
    priceBookId: text('price_book_id'),
    /** The wallet's balance after it: what the history shows. */
    walletBalance: microtokens('wallet_balance').notNull(),
    description: text('description').notNull(),
    at: instant('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('transfers_operation').on(t.orgId, t.operationId),
    index('transfers_time').on(t.orgId, t.at, t.id),
    check('transfers_amount', sql`${t.amount} > 0`),
    check('transfers_accounts', sql`${t.fromKind} <> ${t.toKind}`),
    check('transfers_kind', sql`${t.kind} in ('grant', 'settle', 'expire', 'quality')`),
    ...ledgerPolicies('transfers'),
  ],
)

/** The two legs of a transfer: −amount and +amount. Append-only, by grant and by trigger. */
export const entries = app.table(
  'entries',
  {
    orgId: orgIdColumn(),
    transferId: uuid('transfer_id').notNull(),
    accountKind: text('account_kind').$type<AccountKind>().notNull(),
    amount: microtokens('amount').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.transferId, t.accountKind] }),
    index('entries_account').on(t.orgId, t.accountKind),
    foreignKey({ columns: [t.orgId, t.transferId], foreignColumns: [transfers.orgId, transfers.id] }),
    foreignKey({ columns: [t.orgId, t.accountKind], foreignColumns: [accounts.orgId, accounts.kind] }),
    check('entries_amount', sql`${t.amount} <> 0`),
    ...ledgerPolicies('entries'),
  ],
)

/** Tokens added, with what is left of them. Spending takes the soonest-expiring first. */
export const grants = app.table(
  'grants',
  {
    orgId: orgIdColumn(),
    id: idColumn(),
    transferId: uuid('transfer_id').notNull(),
    reason: text('reason').$type<'plan' | 'purchase' | 'promotion' | 'refund' | 'adjustment'>().notNull(),
    amount: microtokens('amount').notNull(),
    remaining: microtokens('remaining').notNull(),
    /** Null never expires. */
    expiresAt: instant('expires_at'),
    createdAt: createdAtColumn(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    unique('grants_transfer').on(t.orgId, t.transferId),
    index('grants_open').on(t.orgId, t.expiresAt).where(sql`${t.remaining} > 0`),
    // For the expiry over all orgs.
    index('grants_expiry').on(t.expiresAt).where(sql`${t.remaining} > 0`),
    foreignKey({ columns: [t.orgId, t.transferId], foreignColumns: [transfers.orgId, transfers.id] }),
    check('grants_remaining', sql`${t.remaining} between 0 and ${t.amount}`),
    check('grants_reason', sql`${t.reason} in ('plan', 'purchase', 'promotion', 'refund', 'adjustment')`),
    ...ledgerPolicies('grants'),
  ],
)

/** Immutable price books. Global: every org pays by the same ones, so it has no org_id; tenants may only read. */
export const priceBooks = app.table(
  'price_books',
  {
    id: text('id').primaryKey(),
    /** {@link priceBookJson} of core/tokens/prices.ts. */
    prices: jsonb('prices').$type<Record<string, unknown>>().notNull(),
    createdAt: createdAtColumn(),
  },
  () => [
    pgPolicy('price_books_read', { to: [appUser, appLedger], for: 'select', using: sql`true` }),
    ...platformPolicies('price_books'),
  ],
)
