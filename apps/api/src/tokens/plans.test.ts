import { historyFilterInput } from '@tallyforge/core/inputs/tokens'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { createTestDatabase, newOrgs, type TestDatabase } from '@tallyforge/db/testing'
import { type SQLWrapper, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { burnDownQuery } from './burn-down.ts'
import { entriesQuery, type HistoryFilter } from './history.ts'

// 100,000 entries in one org among others: pages and months must come from indexes.

const pluginId = '0198c0de-0000-7000-8000-000000000001'
let database: TestDatabase
let orgId = ''

beforeAll(async () => {
  // A database of its own: rows without their books, because a plan sees rows alone.
  database = await createTestDatabase(inject('databaseServer'))
  const { admin } = database
  const orgs = await newOrgs(admin, 11)
  orgId = orgs[0] ?? ''
  await admin`
    create table public.calls as select org, i, gen_random_uuid() as op, now() - i * interval '20 seconds' as at
    from unnest(${orgs}::uuid[]) as org, generate_series(1, case org when ${orgId}::uuid then 100000 else 10000 end) as i`
  await admin`insert into app.accounts (org_id, kind, floor) select org, 'wallet', 0 from unnest(${orgs}::uuid[]) as org`
  await admin`
    insert into app.plugins (org_id, id, title, target, package_name, operation_id, request_hash, created_by)
    select org, ${pluginId}, 'Words', 'vscode', 'words', gen_random_uuid(), '\\x00', org from unnest(${orgs}::uuid[]) as org`
  await admin`
    insert into app.transfers (org_id, operation_id, request_hash, kind, amount, from_kind, to_kind, wallet_balance, description, at)
    select org, op, '\\x00', 'settle', 1, 'wallet', 'usage', 0, 'Call ' || i, at from public.calls`
  await admin`
    insert into app.holds (org_id, operation_id, request_hash, amount, state, charged, price_book_id, created_by, created_at, expires_at, closed_at)
    select org, op, '\\x00', 1, 'settled', 1, 'standard-v1', org, at, at, at from public.calls`
  await admin`
    insert into app.generations (org_id, plugin_id, operation_id, request_hash, state, prompt, model, price_book_id, hold_amount,
      created_by, created_at, finished_at)
    select org, ${pluginId}, op, '\\x00', 'succeeded', 'A prompt', 'a/model', 'standard-v1', 1, org, at, at from public.calls
    where i % 1000 = 0`
  await admin`analyze`
}, 120_000)
afterAll(() => database.drop())

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Node[]
}
type Scan = { how: string; table: string; rows: number }

/** Which of the large tables a statement reads, how, and how many rows of each in all its rounds. */
async function scansOf(query: (tx: OrgTx) => SQLWrapper): Promise<Scan[]> {
  const [row] = await database.db.withOrg({ orgId, userId: orgId }, (tx) =>
    tx.execute<{ 'QUERY PLAN': [{ Plan: Node }] }>(sql`explain (analyze, format json) ${query(tx)}`),
  )
  const walk = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(walk)]
  return (row ? walk(row['QUERY PLAN'][0].Plan) : [])
    .map((node) => ({
      how: node['Node Type'],
      table: node['Relation Name'] ?? '',
      rows: (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
    }))
    .filter(({ table }) => table === 'transfers' || table === 'holds')
}

const filters: Record<string, Partial<HistoryFilter>> = {
  none: {},
  'the oldest first': { order: 'oldest' },
  'a kind': { kind: 'settle' },
  'a plugin': { pluginId },
  'a few days': { from: '2026-01-01', to: '2999-12-31' },
}

test.each(Object.entries(filters))(
  'a page of the history with %s reads little more than it shows',
  async (_, filter) => {
    const all = { ...historyFilterInput.parse({}), ...filter }
    const scans = await scansOf((tx) => entriesQuery(tx, all, { after: null, limit: 51 }))
    expect(new Set(scans.map(({ table }) => table))).toEqual(new Set(['transfers', 'holds']))
    expect(scans.filter(({ how }) => how === 'Seq Scan')).toEqual([])
    expect(Math.max(...scans.map(({ rows }) => rows))).toBeLessThanOrEqual(110)
  },
)

test('a month of the balance reads no other org, and nothing from before the month', async () => {
  const scans = await scansOf(() => burnDownQuery(new Date().toISOString().slice(0, 7)))
  expect(scans.filter(({ how }) => how === 'Seq Scan')).toEqual([])
  const [{ count } = { count: 0 }] = await database.admin<{ count: number }[]>`
    select count(*)::int from app.transfers where org_id = ${orgId} and at >= date_trunc('month', now(), 'UTC')`
  expect(Math.max(...scans.map(({ rows }) => rows))).toBe(Math.max(count, 1))
})
