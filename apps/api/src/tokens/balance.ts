import { accounts, transfers } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, eq, gte, sql } from 'drizzle-orm'
import type { Balance } from './shapes.ts'

/** The org's balance and what it spent since the first of the month (UTC), in microtokens. */
export async function readBalance(tx: OrgTx): Promise<Balance> {
  const spent = tx
    .select({ amount: sql<string>`coalesce(sum(${transfers.amount}), 0)::bigint::text` })
    .from(transfers)
    .where(and(eq(transfers.kind, 'settle'), gte(transfers.at, sql`date_trunc('month', now(), 'UTC')`)))
  const [wallet] = await tx
    .select({ balance: accounts.balance, held: accounts.held, spent: sql<string>`(${spent})` })
    .from(accounts)
    .where(eq(accounts.kind, 'wallet'))
  const { balance = 0n, held = 0n } = wallet ?? {}
  return { balance, held, available: balance - held, spentThisMonth: BigInt(wallet?.spent ?? 0) }
}
