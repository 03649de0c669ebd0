import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type postgres from 'postgres'
import type { Database } from '../client.ts'
import { plugins } from '../schema/index.ts'
import type { OrgTx } from '../tenancy.ts'

/** What a storm found. Everything but `done`, `lost` and `kills` is a fault when it is not zero. */
export type StormReport = {
  done: number
  /** Requests that were told of a lost connection: they may retry. */
  lost: number
  kills: number
  /** Errors that no promise took: each would have ended the process. */
  uncaught: string[]
  /** Requests whose answer never came, and callbacks that were never unwound. */
  hung: number
  /** Rows that landed in another org, or with another request's tag, or after their transaction's end. */
  foreign: number
  late: number
  /** Transactions of which only a part is there. */
  partial: number
  /** Acknowledged transactions that are not there. */
  missing: number
  /** Transactions that are there although they were rolled back on purpose. */
  undead: number
  /** How often clients were told which code. */
  codes: Record<string, number>
  /** Failures that are no lost connection. */
  strange: string[]
  /** Whether every connection served again within 5 s. */
  isHealthy: boolean
}

export type Storm = {
  clients: number
  poolSize: number
  milliseconds: number
  killEveryMs: number
  /** Does harm until told to stop; the default terminates random backends of the application. */
  harm?: (isOver: () => boolean, report: StormReport) => Promise<void>
}

type Request = { tag: string; org: string; rows: number; isRollback: boolean; isAcknowledged: boolean }

const passing = /^(CONNECTION_|CONNECT_|57P0|57014|08|25P0[34]|53300|E[A-Z]+$)/

/**
 * V4: clients of several orgs write tagged rows in transactions of every kind (several statements, nested, swallowed
 * errors, statements sent too late, rollbacks) while backends die. Afterwards the rows tell what happened. The database
 * must be the storm's own.
 */
export async function runStorm(
  db: Database,
  admin: postgres.Sql,
  orgs: string[],
  storm: Storm,
): Promise<StormReport> {
  const report: StormReport = {
    done: 0,
    lost: 0,
    kills: 0,
    uncaught: [],
    hung: 0,
    foreign: 0,
    late: 0,
    partial: 0,
    missing: 0,
    undead: 0,
    codes: {},
    strange: [],
    isHealthy: false,
  }
  const onUncaught = (error: unknown) => {
    report.uncaught.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  process.on('uncaughtException', onUncaught)
  process.on('unhandledRejection', onUncaught)
  try {
    await admin`delete from app.plugins`
    const requests: Request[] = []
    const end = performance.now() + storm.milliseconds
    const isOver = () => performance.now() > end
    const open = new Set<string>()
    const unwound = { entered: 0, left: 0 }
    const client = async (index: number) => {
      while (!isOver()) {
        const request: Request = {
          tag: randomUUID(),
          org: orgs[index % orgs.length] as string,
          rows: 1 + Math.floor(Math.random() * 4),
          isRollback: Math.random() < 0.3,
          isAcknowledged: false,
        }
        requests.push(request)
        open.add(request.tag)
        await attempt(db, request, report, unwound).finally(() => open.delete(request.tag))
      }
    }
    const clients = Promise.all(Array.from({ length: storm.clients }, (_, index) => client(index)))
    const harm = storm.harm ?? ((over, target) => terminate(admin, storm.killEveryMs, over, target))
    await harm(isOver, report)
    await Promise.race([clients, sleep(25_000, undefined, { ref: false })])
    report.isHealthy = await isHealthy(db, orgs, storm.poolSize)
    await sleep(300)
    report.hung = open.size + (unwound.entered - unwound.left)
    await readRows(admin, requests, report)
    return report
  } finally {
    process.off('uncaughtException', onUncaught)
    process.off('unhandledRejection', onUncaught)
  }
}

class OnPurpose extends Error {}

async function attempt(
  db: Database,
  request: Request,
  report: StormReport,
  unwound: { entered: number; left: number },
): Promise<void> {
  try {
    await db.withOrg({ orgId: request.org, userId: request.tag }, async (tx) => {
      unwound.entered++
      try {
        await write(tx, request)
      } finally {
        unwound.left++
      }
      if (request.isRollback) throw new OnPurpose()
    })
    request.isAcknowledged = true
    report.done++
  } catch (error) {
    const code = codeOf(error)
    if (!(error instanceof OnPurpose)) report.codes[code] = (report.codes[code] ?? 0) + 1
    if (error instanceof OnPurpose) report.done++
    else if (passing.test(codeOf(error))) report.lost++
    else report.strange.push(`${codeOf(error)} ${error instanceof Error ? error.message : String(error)}`)
    await sleep(Math.random() * 5)
  }
}

async function write(tx: OrgTx, request: Request): Promise<void> {
  for (let row = 0; row < request.rows; row++) {
    const kind = Math.random()
    if (kind < 0.5) await insertRow(tx, request, row)
    else if (kind < 0.75)
      await tx.transaction((nested) => insertRow(nested as unknown as OrgTx, request, row))
    else {
      // An error that is caught, in a nested transaction that takes nothing else with it; then the row.
      await tx
        .transaction(async (nested) => {
          await insertRow(nested as unknown as OrgTx, request, row + 100)
          await nested.execute(sql`select 1 / 0`)
        })
        .catch(() => undefined)
      await insertRow(tx, request, row)
    }
    if (Math.random() < 0.2) await new Promise((resolve) => setImmediate(resolve))
    if (Math.random() < 0.1) await sleep(Math.random() * 10)
    // Some cut their losses inside: what they do then must not reach anybody else's transaction.
    if (Math.random() < 0.1) await tx.execute(sql`select pg_sleep(0.002)`).catch(() => undefined)
  }
  if (Math.random() < 0.2) {
    setTimeout(() => insertRow(tx, request, 1_000).catch(() => undefined), Math.random() * 20)
    void tx.execute(sql`select 1`).catch(() => undefined)
  }
}

async function insertRow(tx: OrgTx, request: Request, row: number): Promise<void> {
  await tx.insert(plugins).values({
    // Not from the request: what the transaction's own setting says.
    orgId: sql`current_setting('app.org_id')::uuid` as never,
    title: request.tag,
    // Whose transaction it is, as the connection sees it.
    description: sql`current_setting('app.user_id')` as never,
    packageName: String(row),
    target: 'vscode',
    operationId: randomUUID(),
    requestHash: Buffer.from('storm'),
    createdBy: request.tag,
  })
}

async function readRows(admin: postgres.Sql, requests: Request[], report: StormReport): Promise<void> {
  const rows = await admin<{ org: string; tag: string; owner: string; row: string }[]>`
    select org_id as org, title as tag, description as owner, package_name as row from app.plugins`
  const byTag = new Map<string, number[]>()
  const orgOf = new Map(requests.map((request) => [request.tag, request.org]))
  for (const { org, tag, owner, row } of rows) {
    if (tag !== owner || orgOf.get(tag) !== org) report.foreign++
    if (row === '1000') report.late++
    byTag.set(tag, [...(byTag.get(tag) ?? []), Number(row)])
  }
  for (const request of requests) {
    const found = (byTag.get(request.tag) ?? []).filter((row) => row < 1_000)
    if (found.length === 0) {
      if (request.isAcknowledged) report.missing++
    } else if (request.isRollback) report.undead++
    else if (found.length !== request.rows || found.some((row) => row >= 100)) report.partial++
  }
}

/** Terminates one random backend of app_user every `everyMs`. */
async function terminate(admin: postgres.Sql, everyMs: number, isOver: () => boolean, report: StormReport) {
  while (!isOver()) {
    const killed = await admin`
      select pg_terminate_backend(pid) from pg_stat_activity
      where usename = 'app_user' and datname = current_database() order by random() limit 1`
    report.kills += killed.length
    await sleep(everyMs * (0.5 + Math.random()))
  }
}

/** Faults off: every connection of the pool serves, several times over, within 5 s. */
async function isHealthy(db: Database, orgs: string[], poolSize: number): Promise<boolean> {
  const round = async (index: number) => {
    const org = orgs[index % orgs.length] as string
    // Held open for a moment, so that all connections are in use at once.
    const [row] = await db.withOrg({ orgId: org, userId: org }, (tx) =>
      tx.execute<{ org: string }>(sql`select current_setting('app.org_id') as org, pg_sleep(0.02)`),
    )
    return row?.org === org
  }
  const deadline = performance.now() + 5_000
  while (performance.now() < deadline) {
    const results = await Promise.race([
      Promise.allSettled(Array.from({ length: poolSize * 3 }, (_, index) => round(index))),
      sleep(deadline - performance.now(), null, { ref: false }),
    ])
    if (results?.every((result) => result.status === 'fulfilled' && result.value)) return true
    await sleep(50)
  }
  return false
}

function codeOf(error: unknown): string {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause) return String(cause.code)
  }
  return ''
}

/** What a report says of faults: empty when all is well. */
export function faultsOf(report: StormReport): Partial<StormReport> {
  const { done: _, lost: __, kills: ___, codes: ____, isHealthy, ...faults } = report
  const found = Object.entries(faults).filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== 0,
  )
  return { ...Object.fromEntries(found), ...(isHealthy ? {} : { isHealthy }) }
}

/**
 * Single statements without a transaction, at the worst moments, while the backends of app_service die all at once. Each asks for its own number: `wrong` counts answers that belonged to somebody else.
 */
export async function runStatementStorm(
  db: Database,
  admin: postgres.Sql,
  storm: { clients: number; milliseconds: number },
) {
  const report = {
    done: 0,
    lost: 0,
    wrong: 0,
    codes: {} as Record<string, number>,
    uncaught: [] as string[],
  }
  const onUncaught = (error: unknown) => report.uncaught.push(String(error))
  process.on('uncaughtException', onUncaught)
  process.on('unhandledRejection', onUncaught)
  const end = performance.now() + storm.milliseconds
  const client = async (index: number) => {
    for (let round = 0; performance.now() < end; round++) {
      // In this phase of the loop a connection's end is known to the system and not yet to the driver.
      await new Promise((resolve) => setImmediate(resolve))
      const mine = index * 1_000_000 + round
      await db.service.execute<{ mine: number }>(sql.raw(`select ${mine} as mine`)).then(
        ([row]) => (row?.mine === mine ? report.done++ : report.wrong++),
        (error: unknown) => {
          const code = codeOf(error)
          report.codes[code] = (report.codes[code] ?? 0) + 1
          report.lost++
        },
      )
    }
  }
  const harm = async () => {
    while (performance.now() < end) {
      await admin`
        select pg_terminate_backend(pid) from pg_stat_activity
        where usename = 'app_service' and datname = current_database()`
      await sleep(15)
    }
  }
  await Promise.all([harm(), ...Array.from({ length: storm.clients }, (_, index) => client(index))])
  process.off('uncaughtException', onUncaught)
  process.off('unhandledRejection', onUncaught)
  return report
}
