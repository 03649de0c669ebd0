import { toPublicId } from '@tallyforge/core/ids'
import type { adminListInput } from '@tallyforge/core/inputs/admin'
import type { Database } from '@tallyforge/db/client'
import { users } from '@tallyforge/db/schema'
import { and, desc } from 'drizzle-orm'
import type { z } from 'zod'
import { page, readCursor } from '../paging.ts'
import { contains, isBefore } from './search.ts'

/** Everybody who has an account, newest first. */
export async function listUsers(db: Database, input: z.output<typeof adminListInput>) {
  const after = readCursor(input.cursor)
  const rows = await db.service
    .select({
      id: users.id,
      email: users.email,
      name: users.name,
      staffLevel: users.staffLevel,
      createdAt: users.createdAt,
      suspendedAt: users.suspendedAt,
    })
    .from(users)
    .where(and(contains([users.email, users.name], input.search), isBefore(users.createdAt, users.id, after)))
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(input.limit + 1)
  return page(
    rows,
    input.limit,
    (row) => ({ at: row.createdAt, id: row.id }),
    (row) => ({ ...row, id: toPublicId('user', row.id) }),
  )
}
