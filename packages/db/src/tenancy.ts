import { sql } from 'drizzle-orm'
import type { PgTransaction } from 'drizzle-orm/pg-core'
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import type { Orm } from './client.ts'
import type * as schema from './schema/index.ts'

type Tx = PgTransaction<PostgresJsQueryResultHKT, typeof schema, never>

declare const orgBrand: unique symbol
declare const serviceBrand: unique symbol

/**
 * A transaction inside one org: app_user with the tenant setting. Only {@link withOrg} makes one, so an operation that
 * takes it does not compile against a bare connection.
 */
export type OrgTx = Tx & { readonly [orgBrand]: true }

/** A transaction of the platform itself (identity, new orgs, sweeps): app_service, which sees every org. */
export type ServiceTx = Tx & { readonly [serviceBrand]: true }

export type Tenant = { orgId: string; userId: string }

/**
 * Runs `work` in one transaction of one org. The tenant setting is local to the transaction: it cannot outlive it on the
 * pooled connection. No network call may happen inside.
 */
export function withOrg<T>(orm: Orm, tenant: Tenant, work: (tx: OrgTx) => Promise<T>): Promise<T> {
  return orm.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('app.org_id', ${tenant.orgId}, true), set_config('app.user_id', ${tenant.userId}, true)`,
    )
    return work(tx as unknown as OrgTx)
  })
}

/** Runs `work` in one transaction of the platform's service role. */
export function withService<T>(orm: Orm, work: (tx: ServiceTx) => Promise<T>): Promise<T> {
  return orm.transaction((tx) => work(tx as unknown as ServiceTx))
}
