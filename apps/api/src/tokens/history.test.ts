import { randomUUID } from 'node:crypto'
import { toPublicId } from '@tallyforge/core/ids'
import { decimalTokens, tokens } from '@tallyforge/core/money'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { readAnswer } from '../testing/surface.ts'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'
import { bookkeeper } from '../testing/token-entries.ts'
import type { HistoryItem } from './shapes.ts'

const app = useTestApp()

const titles = [
  '=HYPERLINK("https://evil.example","x")',
  '日本語のプラグイン',
  'عدّاد الكلمات',
  '<img src=x onerror=alert(1)>',
  'Quoted "title", with commas',
]
const descriptions = [
  'Sort lines',
  '+cmd|calc',
  '-1 or more',
  '@here',
  '100% of_words\\',
  'Show “ünïcödé” 🧨',
  'a, "b"\nc',
]
const models = ['sandbox/template-writer', 'openrouter/anthropic/claude']
const people = [randomUUID(), randomUUID()]
/** Few times, so that many entries share one: the order within a time must hold over pages too. */
const times = [
  '2026-03-01T00:00:00.000Z',
  '2026-03-01T23:59:59.999Z',
  '2026-03-02T00:00:00.000Z',
  '2026-03-31T12:00:00.500Z',
]

let owner: TestPerson
let pluginIds: string[]
let all: HistoryItem[]

type Query = Parameters<TestPerson['client']['tokens']['history']['query']>[0]
type Filter = Omit<Query, 'orgId' | 'limit' | 'cursor' | 'direction'>

beforeAll(async () => {
  owner = await app.current.person()
  const books = bookkeeper(app.current, owner)
  const uuids: string[] = []
  for (const title of titles) uuids.push(await books.plugin(title))
  pluginIds = uuids.map((id) => toPublicId('plugin', id))
  const at = (index: number) => new Date(times[index % times.length] ?? '')
  await books.grant(at(0), tokens(5), { count: 3, expiresAt: new Date('2026-03-02T00:00:00Z') })
  await books.expire(at(2))
  for (let index = 0; index < 90; index++) {
    await books.call({
      at: at(index * 7 + Math.floor(index / 5)),
      pluginId: uuids[index % uuids.length] ?? '',
      model: models[index % 3 === 0 ? 1 : 0] ?? '',
      createdBy: people[index % 4 === 0 ? 1 : 0] ?? '',
      description: descriptions[index % descriptions.length] ?? '',
      amount: BigInt(index * 100_001 + 1),
      outcome: index % 11 === 10 ? 'failed' : 'settled',
    })
  }
  all = await pagesOf({}, 100)
})

/** All pages of a listing, put together. */
async function pagesOf(filter: Filter, limit: number): Promise<HistoryItem[]> {
  const items: HistoryItem[] = []
  let cursor: string | null = null
  do {
    const page: { items: HistoryItem[]; nextCursor: string | null } = await owner.client.tokens.history.query(
      {
        orgId: owner.orgId,
        limit,
        cursor,
        ...filter,
      },
    )
    expect(page.items.length).toBeLessThanOrEqual(limit)
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}

async function csvOf(filter: Filter): Promise<string> {
  const query = new URLSearchParams({ orgId: owner.orgId })
  for (const [name, value] of Object.entries(filter)) if (value != null) query.set(name, value)
  const response = await fetch(`${app.current.url}/api/tokens/history.csv?${query}`, {
    headers: app.current.headers(owner.cookie),
  })
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer()).toString('utf8')
}

/** RFC 4180, read by somebody else's rules than it was written by. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') rows.push([])
    if (cell.lastIndex === text.length) break
  }
  expect(cell.lastIndex).toBe(text.length)
  expect(rows.pop()).toEqual([])
  return rows
}

const kinds = { grant: 'Added', settle: 'Spent', expire: 'Expired' } as const

const rowOf = (item: HistoryItem) => [
  item.at.toISOString(),
  kinds[item.kind],
  safe(item.description),
  decimalTokens(item.amount),
  decimalTokens(item.balanceAfter),
  safe(item.pluginTitle ?? ''),
  item.pluginId ?? '',
  item.model ?? '',
  item.createdBy ?? '',
  item.holdId ?? '',
  item.id,
]
const safe = (text: string) => (/^[=+\-@]/.test(text) ? `'${text}` : text)

/** What a filter means, said a second time and without a database. */
function matches(item: HistoryItem, filter: Filter): boolean {
  const day = item.at.toISOString().slice(0, 10)
  return (
    (!filter.kind || item.kind === filter.kind) &&
    (!filter.pluginId || item.pluginId === filter.pluginId) &&
    (!filter.model || item.model === filter.model) &&
    (!filter.createdBy || item.createdBy === filter.createdBy) &&
    (!filter.from || day >= filter.from) &&
    (!filter.to || day <= filter.to) &&
    item.description.toLowerCase().includes((filter.search ?? '').toLowerCase())
  )
}

const maybe = <Value>(values: readonly Value[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 })
const days = ['2026-02-28', '2026-03-01', '2026-03-02', '2026-03-30', '2026-03-31', '2026-04-01'] as const

/** Built late: the ids of the plugins are known only when they are made. */
const anyFilter = () =>
  fc.record({
    kind: maybe(['grant', 'settle', 'expire'] as const),
    pluginId: maybe(pluginIds),
    model: maybe([...models, 'no/model']),
    createdBy: maybe(people.map((id) => toPublicId('user', id))),
    from: maybe(days),
    to: maybe(days),
    search: maybe(['sort', '%', '_', '\\', ', "', 'ÜNÏ', 'grant', 'zzz', '+', '-1']),
    order: maybe(['newest', 'oldest'] as const),
  })

describe('the history', () => {
  test('holds every entry that changed the balance once, and none that the platform bore', async () => {
    const { admin } = app.current.database
    const rows = await admin<{ kind: string; count: number }[]>`
      select kind, count(*)::int from app.transfers where org_id = ${bookkeeper(app.current, owner).orgId} group by kind`
    const counts = Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))
    expect(counts.quality).toBeGreaterThan(0)
    expect(counts.expire).toBeGreaterThan(0)
    for (const kind of ['grant', 'settle', 'expire'] as const) {
      expect(all.filter((item) => item.kind === kind)).toHaveLength(counts[kind] ?? 0)
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })

  test('under any filter, in either order and at any size of page, is the part of it that matches, and the CSV is the same', async () => {
    let found = 0
    await fc.assert(
      fc.asyncProperty(anyFilter(), fc.integer({ min: 1, max: 40 }), async (filter, limit) => {
        const expected = all.filter((item) => matches(item, filter))
        if (filter.order === 'oldest') expected.reverse()
        const listed = await pagesOf(filter, Math.max(limit, Math.ceil(expected.length / 8)))
        expect(listed).toEqual(expected)
        const [header, ...rows] = parseCsv((await csvOf(filter)).replace('\ufeff', ''))
        expect(header?.length).toBe(rows[0]?.length ?? header?.length)
        expect(rows).toEqual(listed.map(rowOf))
        found += listed.length
      }),
      { numRuns: 60 },
    )
    // A property over nothing but empty answers would prove nothing.
    expect(found).toBeGreaterThan(100)
  })

  test('as a file: UTF-8 with its mark, lines that end as RFC 4180 wants, exact amounts, and no formula', async () => {
    const text = await csvOf({})
    const raw = text.startsWith('\ufeff') ? text.slice(1) : text
    expect(text).not.toBe(raw)
    expect(raw).toMatch(
      /^time,kind,description,tokens,balance_after,plugin,plugin_id,model,created_by,receipt,entry\r\n/,
    )
    const cells = parseCsv(raw).slice(1)
    expect(cells.flatMap((row) => [row[2], row[5]]).filter((cell) => /^[=+\-@\t]/.test(cell ?? ''))).toEqual(
      [],
    )
    expect(cells.map((row) => row[3])).toContain('-0.000001')
    expect(raw).toContain(`"'=HYPERLINK(""https://evil.example"",""x"")"`)
    expect(raw).toContain('日本語のプラグイン')
  })

  test('goes on over many batches without a gap or a double', async () => {
    const person = await app.current.person()
    const books = bookkeeper(app.current, person)
    // All at one time: only the id tells them apart.
    await books.grant(new Date('2026-03-01T00:00:00Z'), tokens(1), { count: 1_203 })
    const response = await fetch(
      `${app.current.url}/api/tokens/history.csv?orgId=${person.orgId}&to=2026-03-01`,
      {
        headers: app.current.headers(person.cookie),
      },
    )
    const [, ...rows] = parseCsv((await response.text()).replace('\ufeff', ''))
    expect(rows).toHaveLength(1_203)
    expect(new Set(rows.map((row) => row.at(-1))).size).toBe(1_203)
    expect(rows.map((row) => row.at(-1))).toEqual(
      rows
        .map((row) => row.at(-1))
        .sort()
        .reverse(),
    )
  })

  test('of a plugin that is not there is refused, in the list and in the file', async () => {
    const pluginId = toPublicId('plugin', randomUUID())
    await expect(pagesOf({ pluginId }, 10)).rejects.toMatchObject({ data: { kind: 'not_found' } })
    const response = await fetch(
      `${app.current.url}/api/tokens/history.csv?orgId=${owner.orgId}&pluginId=${pluginId}`,
      { headers: app.current.headers(owner.cookie) },
    )
    expect([response.status, (await readAnswer(response)).kind]).toEqual([404, 'not_found'])
  })
})
