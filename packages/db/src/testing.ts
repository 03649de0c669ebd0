import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type {} from 'vitest'
import { connect, type Database } from './client.ts'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's URL of the run's PostgreSQL, from the global set-up. */
    databaseServer: string
  }
}

/** The secret of test databases: run-time roles derive their passwords from it. */
export const testSecretKey = 'test-secret-key-of-at-least-32-characters'
const template = 'tallyforge_template'

/** Fast and forgetful: nothing here survives, so nothing needs to reach the disk. */
const testSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
}

export type TestServer = { url: string; stop: () => Promise<void> }

/** Starts one server for a whole test run, with a migrated template database. For a global set-up. */
export async function startTestServer(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyforge-test-'))
  // mkdtemp makes it 0700; as root, the server's user must get through it.
  await chmod(folder, 0o755)
  const server = await startEmbedded({
    dataFolder: join(folder, 'data'),
    port: 0,
    settings: testSettings,
    fallbackFolder: join(folder, 'fallback'),
  })
  const guard = stopWithParent(folder, server.dataFolder)
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined })
  await admin`create database ${admin(template)}`
  await migrate({ url: databaseUrl(server.url, template), secretKey: testSecretKey })
  // An open connection would block cloning.
  await admin`alter database ${admin(template)} is_template true allow_connections false`
  await admin.end()
  return {
    url: server.url,
    stop: async () => {
      guard.kill('SIGKILL')
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A set-up's tear-down does not run when its process is killed: this shell waits for that and cleans up. */
function stopWithParent(folder: string, dataFolder: string) {
  const script = `while kill -0 ${process.pid} 2>/dev/null; do sleep 1; done
    kill -INT $(head -1 '${dataFolder}/postmaster.pid') 2>/dev/null; sleep 1; rm -rf '${folder}'`
  const guard = spawn('/bin/sh', ['-c', script], { detached: true, stdio: 'ignore' })
  guard.unref()
  return guard
}

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.toString()
}

export type TestDatabase = {
  url: string
  db: Database
  /** The superuser's client on the same database: to look, and to break things on purpose. */
  admin: postgres.Sql
  drop: () => Promise<void>
}

let cloned = 0

/** A fresh database of its own for one test file, cloned from the template. */
export async function createTestDatabase(
  serverUrl: string,
  options: { poolSize?: number } = {},
): Promise<TestDatabase> {
  cloned += 1
  const name = `test_${process.pid}_${cloned}_${Date.now().toString(36)}`
  const server = postgres(serverUrl, { max: 1, onnotice: () => undefined })
  await server`create database ${server(name)} template ${server(template)}`
  const url = databaseUrl(serverUrl, name)
  const db = connect({ url, secretKey: testSecretKey, ...options })
  const admin = postgres(url, { max: 2, onnotice: () => undefined })
  return {
    url,
    db,
    admin,
    drop: async () => {
      await Promise.all([db.close(), admin.end({ timeout: 5 })])
      await server`drop database ${server(name)} with (force)`
      await server.end({ timeout: 5 })
    },
  }
}

/** Makes orgs that have nothing yet, without anything around them. Returns their ids in order. */
export async function newOrgs(admin: postgres.Sql, count: number): Promise<string[]> {
  const rows = await admin<{ id: string }[]>`
    with ids as (select uuidv7() as id from generate_series(1, ${count}))
    insert into app.orgs (id, slug, name, is_personal) select id, id::text, 'An org', false from ids returning id`
  return rows.map((row) => row.id).sort()
}

/** What every test that moved tokens may ask at its end: the books of the whole database are right. */
export async function assertCleanBooks(admin: postgres.Sql): Promise<void> {
  const faults = await admin<{ org_id: string; fault: string }[]>`select * from app.ledger_faults()`
  if (faults.length > 0) {
    throw new Error(`the books are wrong:\n${faults.map((row) => `${row.org_id} ${row.fault}`).join('\n')}`)
  }
}

/** The seed of a random proof: SEED= replays one. Printed, because a failure is worth nothing without it. */
export function proofSeed(name: string): number {
  // biome-ignore lint/style/noProcessEnv: this is the proofs' one setting, and no part of the application.
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
  process.stdout.write(`${name}: SEED=${seed}\n`)
  return seed
}
