import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { guardSql } from './guard.ts'
import { createListener, type Listener } from './listener.ts'
import { roleUrl } from './roles.ts'
import * as schema from './schema/index.ts'
import { openSocket } from './socket.ts'
import { type OrgTx, type ServiceTx, type Tenant, withOrg, withService } from './tenancy.ts'

export type Orm = PostgresJsDatabase<typeof schema>

/** The application's way to PostgreSQL: two guarded pools, one per role, never the owner. */
export type Database = {
  withOrg: <T>(tenant: Tenant, work: (tx: OrgTx) => Promise<T>) => Promise<T>
  withService: <T>(work: (tx: ServiceTx) => Promise<T>) => Promise<T>
  /** Single statements of the service role, without a transaction: identity look-ups, sweeps, health. */
  service: Orm
  /** Calls `onNotify` for each NOTIFY on the channel, and `onListen` after each (re)connection. */
  listen: (channel: string, onNotify: (payload: string) => void, onListen: () => void) => Promise<void>
  close: () => Promise<void>
}

export type DatabaseOptions = {
  /** The owner's URL: host, port and database are taken from it. */
  url: string
  /** Run-time roles sign in with passwords derived from it. */
  secretKey: string
  poolSize?: number
  servicePoolSize?: number
}

export function connect({ url, secretKey, poolSize = 10, servicePoolSize = 5 }: DatabaseOptions): Database {
  const options = {
    connect_timeout: 5,
    idle_timeout: 60,
    max_lifetime: 30 * 60,
    // The driver's own waits grow to 20 s: far too long for a server that restarts within one.
    backoff: (attempt: number) => Math.min(0.01 * 2 ** attempt, 0.25),
    // The driver asks for them behind a new connection's back: losing it then is a rejection that nobody can catch.
    fetch_types: false,
    onnotice: () => undefined,
    socket: openSocket,
    connection: {
      application_name: 'tallyforge',
      // When a connection dies with a write scheduled, the driver never schedules one again in that place of the pool,
      // and the next start-up message stays unsent. Above 1 KB it writes at once, which mends the place.
      'app.padding': 'x'.repeat(1_024),
      // Waits are bounded: nothing holds a lock or a connection for long.
      statement_timeout: 5_000,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
      transaction_timeout: 15_000,
    },
  }
  const userSql = postgres(roleUrl(url, 'app_user', secretKey), { ...options, max: poolSize })
  const serviceSql = postgres(roleUrl(url, 'app_service', secretKey), { ...options, max: servicePoolSize })
  const user = drizzle(guardSql(userSql), { schema })
  const service = drizzle(guardSql(serviceSql), { schema })
  const listeners: Listener[] = []

  return {
    withOrg: (tenant, work) => withOrg(user, tenant, work),
    withService: (work) => withService(service, work),
    service,
    listen: async (channel, onNotify, onListen) => {
      const listener = createListener(roleUrl(url, 'app_service', secretKey), options, {
        channel,
        onNotify,
        onListen,
      })
      listeners.push(listener)
      await listener.ready
    },
    close: async () => {
      await Promise.all([
        ...[userSql, serviceSql].map((sql) => sql.end({ timeout: 5 })),
        ...listeners.map((listener) => listener.close()),
      ])
    },
  }
}
