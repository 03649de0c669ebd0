import { sql } from 'drizzle-orm'
import { bigint, customType, integer, timestamp, uuid } from 'drizzle-orm/pg-core'

/** A uuidv7 made by the database: ids sort by the time they were made. */
export const idColumn = () => uuid('id').notNull().default(sql`uuidv7()`)

/** Every tenant table has it, and every key and index leads with it. */
export const orgIdColumn = () => uuid('org_id').notNull()

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })
export const createdAtColumn = () => instant('created_at').notNull().defaultNow()

/** Microtokens. */
export const microtokens = (name: string) => bigint(name, { mode: 'bigint' })
/** Counts of provider tokens and bytes: safe integers. */
export const count = (name: string) => bigint(name, { mode: 'number' })
export const small = (name: string) => integer(name)

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })
