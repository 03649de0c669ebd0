import { type AnyColumn, or, type SQL, sql } from 'drizzle-orm'
import type { Position } from '../paging.ts'

/** Rows in which one of the columns contains the text, whatever its case. Nothing to search for: all. */
export function contains(columns: AnyColumn[], text: string): SQL | undefined {
  if (text === '') return undefined
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  return or(...columns.map((column) => sql`${column} ilike ${pattern}`))
}

/** Rows after a position in a list that is sorted newest first. */
export function isBefore(at: AnyColumn, id: AnyColumn, after: Position | null): SQL | undefined {
  return after === null
    ? undefined
    : sql`(${at}, ${id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`
}
