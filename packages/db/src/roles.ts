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

/** The roles of this server have the passwords of another SECRET_KEY: whoever runs with that one would be locked out. */
export class OtherSecretKey extends Error {}

export type RoleOptions = {
  secretKey: string
  /** Gives roles of another SECRET_KEY the passwords of this one, for a change of the key on purpose. */
  mayReplaceKey?: boolean
}

/**
 * Makes the roles that the migrations and the application need, and sets the run-time passwords. Roles belong to the
 * server, not to a database; making them twice changes nothing. Needs CREATEROLE (or a superuser).
 * @throws OtherSecretKey
 */
export async function ensureRoles(sql: postgres.Sql, options: RoleOptions): Promise<void> {
  // Creators in one database queue for a lock. Those in other databases of the server cannot: two changes of one role at
  // once collide in the catalog, and the later one starts again.
  for (let attempt = 1; ; attempt++) {
    try {
      return await makeRoles(sql, options)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (!collisionCodes.includes(code) || attempt === 20) throw error
      await sleep(20 + Math.random() * 100)
    }
  }
}

/** "tuple concurrently updated", a duplicate key in the catalog, a role that exists by now. */
const collisionCodes = ['XX000', '23505', '42710']

async function makeRoles(sql: postgres.Sql, { secretKey, mayReplaceKey }: RoleOptions): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(7452301)`
    for (const role of ['app_owner', 'app_ledger', ...runtimeRoles]) {
      const [existing] = await tx`select from pg_roles where rolname = ${role}`
      if (existing === undefined) await tx`create role ${tx(role)} nologin`
    }
    await tx`grant app_owner to current_user`
    await tx`grant app_ledger to app_owner`
    await markKey(tx, secretKey, mayReplaceKey ?? false)
    for (const role of runtimeRoles) {
      // Utility statements take no parameters; the password's alphabet (base64url) needs no escaping.
      await tx.unsafe(`alter role ${role} login password '${rolePassword(role, secretKey)}'`)
    }
    const [{ name = '' } = {}] = await tx<{ name: string }[]>`select current_database() as name`
    await tx`grant create, connect, temporary on database ${tx(name)} to app_owner`
    await tx`revoke temporary on database ${tx(name)} from public`
  })
}

/**
 * Keeps with the roles which key their passwords come from: as a comment of a role, because that belongs to the server like the
 * role itself, and another installation may have another database. The mark is one-way; roles of before it get theirs now.
 */
async function markKey(
  tx: postgres.TransactionSql,
  secretKey: string,
  mayReplaceKey: boolean,
): Promise<void> {
  const [{ comment } = { comment: null }] = await tx<{ comment: string | null }[]>`
    select shobj_description(oid, 'pg_authid') as comment from pg_roles where rolname = 'app_service'`
  const known = /^Tallyforge: key ([\w-]{22})$/.exec(comment ?? '')?.[1]
  const own = Buffer.from(hkdfSync('sha256', secretKey, '', 'tallyforge/key-mark', 16)).toString('base64url')
  if (known === own) return
  if (known !== undefined && !mayReplaceKey) throw new OtherSecretKey()
  await tx.unsafe(`comment on role app_service is 'Tallyforge: key ${own}'`)
}
