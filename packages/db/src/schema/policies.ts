import { sql } from 'drizzle-orm'
import { pgPolicy, pgRole } from 'drizzle-orm/pg-core'

// The roles are made by migrate.ts before any migration runs: they belong to the server, not to one database.
export const appOwner = pgRole('app_owner').existing()
export const appUser = pgRole('app_user').existing()
export const appService = pgRole('app_service').existing()
export const appLedger = pgRole('app_ledger').existing()

const ofCurrentOrg = sql`org_id = (select nullif(current_setting('app.org_id', true), '')::uuid)`

/**
 * The policies of a tenant table. RLS is forced, so the owner and the service role need policies of their own.
 * Without a tenant setting, app_user sees nothing and can write nothing.
 */
export function tenantPolicies(table: string) {
  return [
    pgPolicy(`${table}_tenant`, { to: appUser, using: ofCurrentOrg, withCheck: ofCurrentOrg }),
    ...platformPolicies(table),
  ]
}

/** Policies of the platform's own roles, without any for app_user. */
export function platformPolicies(table: string) {
  const all = sql`true`
  return [
    pgPolicy(`${table}_owner`, { to: appOwner, using: all, withCheck: all }),
    pgPolicy(`${table}_service`, { to: appService, using: all, withCheck: all }),
  ]
}

/** The ledger's tables: tenants read their own rows, only the ledger functions (owned by app_ledger) write. */
export function ledgerPolicies(table: string) {
  const all = sql`true`
  return [
    ...tenantPolicies(table),
    pgPolicy(`${table}_ledger`, { to: appLedger, using: all, withCheck: all }),
  ]
}
