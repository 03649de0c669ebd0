import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { ensureRoles, OtherSecretKey, type RoleOptions } from './roles.ts'

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))
const migrationsSchema = 'drizzle'

/** A database that cannot serve, with the line that mends it. */
export class DatabaseNotUsable extends Error {
  readonly fix: string
  constructor(message: string, fix: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'DatabaseNotUsable'
    this.fix = fix
  }
}

/**
 * Brings the database to the newest schema: roles, then every migration not yet applied, as app_owner. Processes that
 * start at the same time wait for one another. Running it again changes nothing.
 * @throws DatabaseNotUsable when the server is unreachable or older than 18, or its roles belong to another SECRET_KEY.
 */
export async function migrate({ url, ...options }: { url: string } & RoleOptions): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, fetch_types: false, onnotice: () => undefined })
  try {
    await requireVersion(sql, url)
    await ensureRoles(sql, options).catch((error: unknown) => {
      throw error instanceof OtherSecretKey ? otherKey(url) : error
    })
    await sql`select pg_advisory_lock(7452302)`
    await sql`set role app_owner`
    await applyMigrations(drizzle(sql), { migrationsFolder, migrationsSchema })
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function otherKey(url: string): DatabaseNotUsable {
  return new DatabaseNotUsable(
    `PostgreSQL at ${new URL(url).host} belongs to an installation with another SECRET_KEY; this one would lock it out.`,
    [
      'Start with that SECRET_KEY, or give this installation a PostgreSQL server of its own.',
      'To change the key on purpose, stop everything else that uses the server and start once with REPLACE_SECRET_KEY=true.',
      'If nothing in the embedded server is needed any more, `pnpm reset` starts afresh.',
    ].join('\n       '),
  )
}

function noDatabase(url: string, cause: postgres.PostgresError): DatabaseNotUsable {
  const { host, hostname, port, username, pathname } = new URL(url)
  const name = decodeURIComponent(pathname.slice(1)) || decodeURIComponent(username)
  const at = [`-h ${hostname}`, port && `-p ${port}`, username && `-U ${decodeURIComponent(username)}`]
  return new DatabaseNotUsable(
    `PostgreSQL at ${host} runs, but it has no database "${name}".`,
    `createdb ${at.filter(Boolean).join(' ')} ${name}   (or correct the name in DATABASE_URL)`,
    cause,
  )
}

async function requireVersion(sql: postgres.Sql, url: string): Promise<void> {
  const { host } = new URL(url)
  const rows = await sql<{ version: number }[]>`
    select current_setting('server_version_num')::int as version`.catch((cause: unknown) => {
    if (cause instanceof postgres.PostgresError && cause.code === '3D000') throw noDatabase(url, cause)
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatabaseNotUsable(
      `PostgreSQL at ${host} does not answer: ${reason}`,
      'Start it, or correct DATABASE_URL, or unset DATABASE_URL to use the embedded server.',
      cause,
    )
  })
  const version = rows[0]?.version ?? 0
  if (version < 180_000) {
    throw new DatabaseNotUsable(
      `PostgreSQL at ${host} is version ${Math.floor(version / 10_000)}; Tallyforge needs 18 or newer.`,
      'Upgrade the server, or unset DATABASE_URL to use the embedded PostgreSQL 18.',
    )
  }
}

/** How many of the known migrations the database has: for readiness and `pnpm diagnose`. */
export async function migrationState(url: string): Promise<{ applied: number; known: number }> {
  const known = readMigrationFiles({ migrationsFolder }).length
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  try {
    const [{ exists = false } = {}] = await sql<{ exists: boolean }[]>`
      select to_regclass('drizzle.__drizzle_migrations') is not null as exists`
    if (!exists) return { applied: 0, known }
    const [{ applied = 0 } = {}] = await sql<{ applied: number }[]>`
      select count(*)::int as applied from drizzle.__drizzle_migrations`
    return { applied, known }
  } finally {
    await sql.end({ timeout: 5 })
  }
}
