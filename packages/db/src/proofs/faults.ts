import { sql } from 'drizzle-orm'
import type { Database } from '../client.ts'

/** Asks for the faults in one org's books as app_user: quick in a large database, and a proof that tenants can check. */
export function faultsAsTenant(db: Database) {
  return async (org: string, now: Date): Promise<string[]> => {
    const rows = await db.withOrg({ orgId: org, userId: org }, (tx) =>
      tx.execute<{ fault: string }>(
        sql`select fault from app.ledger_faults(${now.toISOString()}::timestamptz)`,
      ),
    )
    return rows.map((row) => row.fault)
  }
}
