import type { PluginSort } from '@tallyforge/core/inputs/plugins'
import type { PluginState } from '@tallyforge/core/plugins/states'
import { plugins } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { type Position, page, readCursor } from '../paging.ts'
import { presentPlugins } from './plugins.ts'

type ListInput = {
  state: PluginState
  sort: PluginSort
  search: string
  cursor?: string | null | undefined
  limit: number
}

/** Plugins of the org. `search` is found anywhere in title or description. */
export async function listPlugins(tx: OrgTx, input: ListInput) {
  const { order, isAfter } = sorts[input.sort]
  const after = readCursor(input.cursor)
  const rows = await tx
    .select()
    .from(plugins)
    .where(
      and(
        eq(plugins.state, input.state),
        input.search === '' ? undefined : contains(input.search),
        after === null ? undefined : isAfter(after),
      ),
    )
    .orderBy(...order)
    .limit(input.limit + 1)
  const shown = await presentPlugins(tx, rows.slice(0, input.limit))
  return page(
    rows,
    input.limit,
    (row) => ({ at: row.updatedAt, id: row.id }),
    (_, index) => shown[index] ?? missing(),
  )
}

function missing(): never {
  throw new Error('a plugin of the page was not presented')
}

function contains(search: string): SQL {
  const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql`(${plugins.title} ilike ${pattern} or ${plugins.description} ilike ${pattern})`
}

/** As people read: capitals and accents after the letters, in any script. */
const titleKey = sql`lower(${plugins.title}) collate "und-x-icu"`

const sorts: Record<PluginSort, { order: SQL[]; isAfter: (after: Position) => SQL }> = {
  updated: {
    order: [desc(plugins.updatedAt), desc(plugins.id)],
    isAfter: ({ at, id }) =>
      sql`(${plugins.updatedAt}, ${plugins.id}) < (${at.toISOString()}::timestamptz, ${id}::uuid)`,
  },
  // Ids are made in the order of time.
  created: { order: [desc(plugins.id)], isAfter: ({ id }) => sql`${plugins.id} < ${id}::uuid` },
  // A title is too long for a cursor: the last plugin of the page is asked for its own.
  title: {
    order: [asc(titleKey), asc(plugins.id)],
    isAfter: ({ id }) =>
      sql`(${titleKey}, ${plugins.id}) > (select lower(last.title) collate "und-x-icu", last.id from ${plugins} last where last.id = ${id}::uuid)`,
  },
}
