import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { guardSql } from './guard.ts'
import { roleUrl } from './roles.ts'
import * as schema from './schema/index.ts'
import { withOrg } from './tenancy.ts'
import { createTestDatabase, newOrgs, type TestDatabase, testSecretKey } from './testing.ts'

/** What every tenant may read whole: no canary of one org stands in it. */
const shared = ['price_books']

type Org = { id: string; userId: string; canary: string }
type Column = { name: string; type: string }

let test: TestDatabase
let user: postgres.Sql
const mine: Org = { id: randomUUID(), userId: randomUUID(), canary: 'canary of mine' }
const theirs: Org = { id: randomUUID(), userId: randomUUID(), canary: 'canary of theirs' }
const tables = new Map<string, Column[]>()

beforeAll(async () => {
  test = await createTestDatabase(inject('databaseServer'))
  user = postgres(roleUrl(test.url, 'app_user', testSecretKey), { max: 1, onnotice: () => undefined })
  await fill()
})
afterAll(async () => {
  await user.end()
  await test.drop()
})

/**
 * One row of each org in every table of the catalog, with the org's canary in every text. Only the walls between orgs are
 * on trial here, so checks and foreign keys are taken down: a new table is covered without a line of its own.
 */
async function fill(): Promise<void> {
  const { admin } = test
  const constraints = await admin<{ tab: string; name: string }[]>`
    select conrelid::regclass::text as tab, conname as name from pg_constraint
    where connamespace = 'app'::regnamespace and contype in ('c', 'f')`
  for (const { tab, name } of constraints) await admin.unsafe(`alter table ${tab} drop constraint "${name}"`)
  const columns = await admin<{ tab: string; name: string; type: string }[]>`
    select table_name as tab, column_name as name, data_type as type from information_schema.columns
    where table_schema = 'app' order by 1, ordinal_position`
  for (const { tab, ...column } of columns) tables.set(tab, [...(tables.get(tab) ?? []), column])
  for (const table of tables.keys()) {
    if (shared.includes(table)) continue
    for (const org of [mine, theirs]) await admin.unsafe(insertOf(table, org))
  }
}

function insertOf(table: string, org: Org, values: Record<string, string> = {}): string {
  const columns = tables.get(table) ?? []
  const list = columns.map((column) => values[column.name] ?? literalOf(table, column, org))
  return `insert into app.${table} (${columns.map((column) => `"${column.name}"`).join(', ')}) values (${list.join(', ')})`
}

function literalOf(table: string, { name, type }: Column, org: Org): string {
  if (name === 'org_id' || (table === 'orgs' && name === 'id')) return `'${org.id}'`
  if (name === 'user_id') return `'${org.userId}'`
  switch (type) {
    case 'uuid':
      return 'uuidv7()'
    case 'text':
      return `'${org.canary}'`
    case 'bytea':
      return `'${org.canary}'::bytea`
    case 'jsonb':
      return `'{"text": "${org.canary}"}'`
    case 'boolean':
      return 'true'
    case 'integer':
    case 'bigint':
      return '1'
    case 'timestamp with time zone':
      return 'now()'
    default:
      throw new Error(`this test knows no value of type ${type}: teach it`)
  }
}

/** Runs statements as app_user inside an org, and takes everything back. Answers the last one's rows and count. */
async function asMine(...statements: string[]): Promise<{ rows: unknown[]; count: number }> {
  let answer = { rows: [] as unknown[], count: 0 }
  const undo = new Error('take it back')
  await user
    .begin(async (tx) => {
      await tx`select set_config('app.org_id', ${mine.id}, true), set_config('app.user_id', ${mine.userId}, true)`
      for (const statement of statements) {
        const rows = await tx.unsafe(statement)
        answer = { rows: [...rows], count: rows.count }
      }
      throw undo
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error
    })
  return answer
}

const refusedOrNothing = async (statement: string) =>
  asMine(statement).then(
    ({ count }) => count,
    (error: { code: string }) => (error.code === '42501' ? 0 : error.code),
  )

const everyTable = () => [...tables.keys()]
const key = (table: string) => (table === 'orgs' ? 'id' : 'org_id')
const snapshot = async () => {
  const books: Record<string, unknown> = {}
  for (const table of everyTable()) {
    books[table] = [...(await test.admin.unsafe(`select t::text from app.${table} as t order by 1`))]
  }
  return books
}

describe('another org', () => {
  it('is on trial in every table', () => {
    expect(everyTable().length).toBeGreaterThan(14)
  })

  it('shows none of its rows, and its own org shows all of its own', async () => {
    for (const table of everyTable()) {
      const { rows } = await asMine(`select t::text as row from app.${table} as t`)
      if (shared.includes(table)) continue
      expect(rows, table).toHaveLength(1)
      const text = JSON.stringify(rows)
      const hex = Buffer.from(theirs.canary).toString('hex')
      expect(text, table).toContain(mine.id)
      for (const trace of [theirs.canary, hex, theirs.id, theirs.userId])
        expect(text, table).not.toContain(trace)
    }
  })

  it('is not counted, guessed or found by its keys', async () => {
    for (const table of everyTable()) {
      if (shared.includes(table)) continue
      const { rows } = await asMine(
        `select count(*)::int as all, count(*) filter (where ${key(table)} = '${theirs.id}')::int as found from app.${table}`,
      )
      expect(rows, table).toEqual([{ all: 1, found: 0 }])
    }
  })

  it('cannot be changed, taken over, or given rows', async () => {
    const before = await snapshot()
    for (const table of everyTable()) {
      if (shared.includes(table)) continue
      const column = tables.get(table)?.find((each) => each.type === 'text')?.name ?? key(table)
      const to = column === key(table) ? `'${mine.id}'` : `'taken'`
      const where = `where ${key(table)} = '${theirs.id}'`
      const harm = {
        update: `update app.${table} set "${column}" = ${to} ${where}`,
        'update from': `update app.${table} as t set "${column}" = ${to} from app.orgs o where t.${key(table)} = '${theirs.id}'`,
        delete: `delete from app.${table} ${where}`,
        'give away': `update app.${table} set ${key(table)} = '${theirs.id}'`,
        insert: insertOf(table, theirs),
        'insert unless there': `${insertOf(table, theirs)} on conflict do nothing`,
        lock: `select from app.${table} ${where} for update`,
      }
      for (const [verb, statement] of Object.entries(harm)) {
        expect(await refusedOrNothing(statement), `${verb} ${table}`).toBe(0)
      }
    }
    expect(await snapshot()).toEqual(before)
  })

  it('does not show by a conflict that its row exists', async () => {
    // The same keys once with a row of theirs behind them and once without: both answers must be the same.
    const probe = (statement: string) =>
      asMine(statement).then(
        () => 'inserted',
        (error: { code: string; message: string }) => `${error.code} ${error.message}`,
      )
    for (const table of everyTable()) {
      if (shared.includes(table) || table === 'orgs') continue
      const rows = await test.admin.unsafe(`select * from app.${table} where org_id = '${theirs.id}'`)
      const taken = Object.fromEntries(
        (tables.get(table) ?? [])
          .filter((column) => column.type === 'uuid' && column.name !== 'org_id')
          .map((column) => [column.name, `'${String(rows[0]?.[column.name])}'`]),
      )
      expect(await probe(insertOf(table, theirs, taken)), table).toBe(
        await probe(insertOf(table, { ...theirs, id: randomUUID() })),
      )
    }
  })
})

describe('no org', () => {
  it.each([
    ['before any transaction', ''],
    ['after one', `select set_config('app.org_id', '', false), set_config('app.user_id', '', false)`],
  ])('shows nothing %s', async (_, setting) => {
    if (setting !== '') await user.unsafe(setting)
    for (const table of everyTable()) {
      if (shared.includes(table)) continue
      expect([...(await user.unsafe(`select 1 from app.${table}`))], table).toEqual([])
    }
  })

  it('takes nothing', async () => {
    for (const table of everyTable()) {
      await expect(user.unsafe(insertOf(table, mine)), table).rejects.toMatchObject({ code: '42501' })
    }
  })
})

describe('withOrg', () => {
  it('keeps its org within the transaction, however that ends', async () => {
    const root = postgres(roleUrl(test.url, 'app_user', testSecretKey), { max: 1, onnotice: () => undefined })
    const orm = drizzle(guardSql(root), { schema })
    const tenant = { orgId: mine.id, userId: mine.userId }
    const seen = () =>
      orm.execute<{ org: string; user: string; rows: number }>(
        sql`select coalesce(current_setting('app.org_id', true), '') as org,
          coalesce(current_setting('app.user_id', true), '') as user, (select count(*)::int from app.plugins) as rows`,
      )
    const nothing = [{ org: '', user: '', rows: 0 }]
    expect([...(await seen())]).toEqual(nothing)
    const inside = await withOrg(orm, tenant, (tx) =>
      tx.execute(
        sql`select current_setting('app.org_id') as org, (select count(*)::int from app.plugins) as rows`,
      ),
    )
    expect([...inside]).toEqual([{ org: mine.id, rows: 1 }])
    expect([...(await seen())]).toEqual(nothing)
    await withOrg(orm, tenant, () => Promise.reject(new Error('no'))).catch(() => undefined)
    expect([...(await seen())]).toEqual(nothing)
    await withOrg(orm, tenant, (tx) => tx.execute(sql`select 1 / 0`)).catch(() => undefined)
    expect([...(await seen())]).toEqual(nothing)
    // A nested transaction is inside the same org, and its end changes nothing.
    const nested = await withOrg(orm, tenant, async (tx) => {
      await tx.transaction(() => Promise.reject(new Error('no'))).catch(() => undefined)
      return tx.execute(sql`select current_setting('app.org_id') as org`)
    })
    expect([...nested]).toEqual([{ org: mine.id }])
    await root.end()
  })

  it.each(['', 'nobody', `${mine.id}' or true --`])('with the org id %j sees nothing', async (orgId) => {
    const rows = await test.db
      .withOrg({ orgId, userId: mine.userId }, (tx) => tx.execute(sql`select 1 from app.plugins`))
      .catch((error: Error) => [(error.cause as { code: string }).code])
    expect([[], ['22P02']]).toContainEqual([...rows])
  })

  it('side by side on one connection after another, each sees its own', async () => {
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const org = index % 2 === 0 ? mine : theirs
        const rows = await test.db.withOrg({ orgId: org.id, userId: org.userId }, (tx) =>
          tx.select({ orgId: schema.plugins.orgId, title: schema.plugins.title }).from(schema.plugins),
        )
        expect(rows).toEqual([{ orgId: org.id, title: org.canary }])
      }),
    )
  })
})

describe('a reference', () => {
  it("to another org's row answers like one to a row that does not exist", async () => {
    const whole = await createTestDatabase(inject('databaseServer'))
    const [a = '', b = ''] = await newOrgs(whole.admin, 2)
    const plugin = (org: string) =>
      whole.db.withOrg({ orgId: org, userId: org }, async (tx) => {
        const [row] = await tx
          .insert(schema.plugins)
          .values({
            orgId: org,
            title: 'A plugin',
            target: 'vscode',
            packageName: 'a-plugin',
            operationId: randomUUID(),
            requestHash: Buffer.from('x'),
            createdBy: org,
          })
          .returning({ id: schema.plugins.id })
        return row?.id ?? ''
      })
    const foreign = await plugin(b)
    const version = (pluginId: string) =>
      whole.db
        .withOrg({ orgId: a, userId: a }, (tx) =>
          tx.insert(schema.versions).values({
            orgId: a,
            pluginId,
            number: 1,
            state: 'ready',
            origin: 'edit',
            label: 'x',
            steps: [],
            operationId: randomUUID(),
            requestHash: Buffer.from('x'),
            createdBy: a,
          }),
        )
        .then(
          () => 'inserted',
          (error: Error) => (error.cause as { code: string }).code,
        )
    expect(await version(foreign)).toBe('23503')
    expect(await version(randomUUID())).toBe('23503')
    expect(await version(await plugin(a))).toBe('inserted')
    await whole.drop()
  })
})
