import { hkdfSync } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'

export const runtimeRoles = ['app_user', 'app_service'] as const
export type RuntimeRole = (typeof runtimeRoles)[number]

/** The password of a run-time role: derived from SECRET_KEY, so that it needs no configuration of its own. */
export function rolePassword(role: RuntimeRole, secretKey: string): string {
  return Buffer.from(hkdfSync('sha256', secretKey, '', `tallyforge/database-role/${role}`, 32)).toString(
    'base64url',
  )
}

/** The owner's URL with a run-time role's name and password in it. */
export function roleUrl(ownerUrl: string, role: RuntimeRole, secretKey: string): string {
  const url = new URL(ownerUrl)
  url.username = role
  url.password = rolePassword(role, secretKey)
  return url.toString()
}

/**
 * Makes the roles that the migrations and the application need, and sets the run-time passwords. Roles belong to the
 * server, not to a database; making them twice changes nothing. Needs CREATEROLE (or a superuser).
 */
export async function ensureRoles(sql: postgres.Sql, secretKey: string): Promise<void> {
  // Creators in one database queue for a lock. Those in other databases of the server cannot: two changes of one role at
  // once collide in the catalog, and the later one starts again.
  for (let attempt = 1; ; attempt++) {
    try {
      return await makeRoles(sql, secretKey)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (!collisionCodes.includes(code) || attempt === 20) throw error
      await sleep(20 + Math.random() * 100)
    }
  }
}

/** "tuple concurrently updated", a duplicate key in the catalog, a role that exists by now. */
const collisionCodes = ['XX000', '23505', '42710']

async function makeRoles(sql: postgres.Sql, secretKey: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(7452301)`
    for (const role of ['app_owner', 'app_ledger', ...runtimeRoles]) {
      const [existing] = await tx`select from pg_roles where rolname = ${role}`
      if (existing === undefined) await tx`create role ${tx(role)} nologin`
    }
    await tx`grant app_owner to current_user`
    await tx`grant app_ledger to app_owner`
    for (const role of runtimeRoles) {
      // Utility statements take no parameters; the password's alphabet (base64url) needs no escaping.
      await tx.unsafe(`alter role ${role} login password '${rolePassword(role, secretKey)}'`)
    }
    const [{ name = '' } = {}] = await tx<{ name: string }[]>`select current_database() as name`
    await tx`grant create, connect, temporary on database ${tx(name)} to app_owner`
    await tx`revoke temporary on database ${tx(name)} from public`
  })
}
