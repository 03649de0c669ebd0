import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '@tallyforge/db/embedded'
import { migrate } from '@tallyforge/db/migrate'
import { roleUrl } from '@tallyforge/db/roles'
import postgres from 'postgres'
import { publish, type Row, spread } from './figures.ts'

const secretKey = 'bench-secret-key-of-at-least-32-characters'
const callers = 64
const pairs = 6
const roundMs = 3_000
const warmUpMs = 1_000

type Round = { operationsPerSecond: number; latencies: number[] }
type Side = { name: string; orgs: string[]; rounds: Round[] }

/**
 * Holds and settlements a second through the ledger's functions, one statement a call, by 64 callers: all on one hot org
 * against a thousand orgs, interleaved. An operation is a hold with its settlement, two durable statements.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyforge-bench-'))
  await chmod(folder, 0o755)
  const server = await startEmbedded({
    dataFolder: join(folder, 'data'),
    port: 0,
    fallbackFolder: join(folder, 'fallback'),
  })
  try {
    await migrate({ url: server.url, secretKey })
    const admin = postgres(server.url, { max: 1, fetch_types: false, onnotice: () => undefined })
    const service = postgres(roleUrl(server.url, 'app_service', secretKey), {
      max: 8,
      fetch_types: false,
      onnotice: () => undefined,
    })
    const orgs = await openOrgs(admin, 1_001)
    const hot: Side = { name: 'one hot org', orgs: orgs.slice(0, 1), rounds: [] }
    const spreadOut: Side = { name: '1,000 orgs', orgs: orgs.slice(1), rounds: [] }
    for (const side of [hot, spreadOut]) await measure(service, side, warmUpMs)
    for (let pair = 0; pair < pairs; pair++) {
      // Every other pair runs the other way round, so that neither side always follows the other.
      for (const side of pair % 2 === 0 ? [hot, spreadOut] : [spreadOut, hot]) {
        side.rounds.push(await measure(service, side, roundMs))
      }
    }
    const faults = await admin`select * from app.ledger_faults()`
    if (faults.length > 0) throw new Error(`the books are wrong after the run: ${JSON.stringify(faults[0])}`)
    const [{ version = '' } = {}] = await admin<{ version: string }[]>`
      select current_setting('server_version') as version`
    await Promise.all([admin.end(), service.end()])
    await report([hot, spreadOut], version)
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function openOrgs(admin: postgres.Sql, count: number): Promise<string[]> {
  const rows = await admin<{ id: string }[]>`
    with ids as (select uuidv7() as id from generate_series(1, ${count}::int))
    insert into app.orgs (id, slug, name, is_personal) select id, id::text, 'Bench', false from ids returning id`
  const ids = rows.map((row) => row.id)
  const list = `{${ids.join(',')}}`
  await admin.unsafe('select app.ledger_open($1::uuid[])', [list])
  await admin.unsafe(
    `select from app.ledger_grant($1::uuid[], array(select uuidv7() from unnest($1::uuid[])),
      array(select 1000000000000000::bigint from unnest($1::uuid[])), array(select 'purchase' from unnest($1::uuid[])),
      array(select 'Bench' from unnest($1::uuid[])), array(select null::timestamptz from unnest($1::uuid[])),
      array(select 'x'::bytea from unnest($1::uuid[])))`,
    [list],
  )
  return ids
}

async function measure(service: postgres.Sql, side: Side, milliseconds: number): Promise<Round> {
  const latencies: number[] = []
  const start = performance.now()
  const end = start + milliseconds
  const caller = async (index: number) => {
    for (let round = 0; performance.now() < end; round++) {
      const org = side.orgs[(index * 7_919 + round * 104_729) % side.orgs.length] ?? ''
      const operation = randomUUID()
      const begun = performance.now()
      const [held] = await service<{ outcome: string }[]>`
        select outcome from app.ledger_hold(array[${org}::uuid], array[${operation}::uuid], array[5000000::bigint],
          array[60], array['standard-v1'], array[${org}::uuid], array['x'::bytea])`
      const [settled] = await service<{ outcome: string }[]>`
        select outcome from app.ledger_settle(array[${org}::uuid], array[${operation}::uuid], array[3000000::bigint],
          array['A call'])`
      if (held?.outcome !== 'applied' || settled?.outcome !== 'applied') {
        throw new Error(`not applied: ${held?.outcome}, ${settled?.outcome}`)
      }
      latencies.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: callers }, (_, index) => caller(index)))
  const seconds = (performance.now() - start) / 1_000
  return { operationsPerSecond: latencies.length / seconds, latencies }
}

async function report([hot, spreadOut]: [Side, Side], version: string): Promise<void> {
  const rows: Row[] = [
    {
      what: `PostgreSQL ${version}, fsync on; an operation is a hold and its settlement, one statement each`,
      measured: `${callers} callers, ${pairs} interleaved rounds of ${roundMs / 1_000} s`,
    },
  ]
  for (const side of [hot, spreadOut]) {
    const latencies = side.rounds.flatMap((round) => round.latencies).sort((a, b) => a - b)
    rows.push(
      {
        what: `${side.name}, operations/s`,
        measured: spread(side.rounds.map((round) => round.operationsPerSecond)),
      },
      {
        what: `${side.name}, latency`,
        measured: `p50 ${at(latencies, 0.5).toFixed(1)} ms, p99 ${at(latencies, 0.99).toFixed(1)} ms`,
      },
    )
  }
  const ratios = hot.rounds.map(
    (round, index) =>
      round.operationsPerSecond / (spreadOut.rounds[index]?.operationsPerSecond ?? Number.NaN),
  )
  rows.push({ what: 'one hot org ÷ 1,000 orgs', measured: spread(ratios, 2), goal: '≥ 0.80' })
  await publish('ledger', rows)
}

/** The value at a share of a sorted list. */
function at(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

if (import.meta.main) await run()
