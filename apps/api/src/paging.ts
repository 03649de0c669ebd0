import { DomainError } from '@tallyforge/core/errors'
import { z } from 'zod'

/** A time as `toISOString` writes it, within what PostgreSQL can compare: it knows no year 0. */
const instant = z.iso.datetime({ precision: 3 }).refine((text) => !text.startsWith('0000'))
const position = z.tuple([instant, z.uuid()])
export type Position = { at: Date; id: string }

/** Where the next page begins: after the row with this time and id. Opaque to clients. */
export function writeCursor(after: Position): string {
  return Buffer.from(JSON.stringify([after.at.toISOString(), after.id])).toString('base64url')
}

/** @throws invalid_input for a cursor that no page gave. */
export function readCursor(cursor: string | null | undefined): Position | null {
  if (cursor === null || cursor === undefined) return null
  try {
    const [at, id] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { at: new Date(at), id }
  } catch (cause) {
    throw new DomainError('invalid_input', 'This page does not exist. Start again from the first one.', {
      cause,
    })
  }
}

/** Cuts the one row too many that was read to know whether a next page exists. */
export function page<Row, Item>(
  rows: Row[],
  limit: number,
  positionOf: (row: Row) => Position,
  toItem: (row: Row, index: number) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last !== undefined ? writeCursor(positionOf(last)) : null
  return { items: shown.map(toItem), nextCursor }
}
