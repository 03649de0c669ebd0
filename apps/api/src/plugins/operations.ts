import { DomainError } from '@tallyforge/core/errors'
import { generations, plugins, versions } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { eq, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'

/**
 * Enters an operation: what carries the same id waits here until this transaction ends, so that whoever looks for an
 * earlier answer next finds it. One id is one act of one kind, whatever it made. First in its transaction, because it
 * locks. @throws conflict when the id was used for something else.
 */
export async function enterOperation(
  tx: OrgTx,
  orgId: string,
  operation: { id: string; requestHash: Buffer },
): Promise<void> {
  const { id, requestHash } = operation
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`operation ${orgId} ${id}`}, 0))`)
  const made = await unionAll(
    tx.select({ hash: generations.requestHash }).from(generations).where(eq(generations.operationId, id)),
    tx.select({ hash: plugins.requestHash }).from(plugins).where(eq(plugins.operationId, id)),
    tx.select({ hash: versions.requestHash }).from(versions).where(eq(versions.operationId, id)),
  )
  if (made.some(({ hash }) => !hash.equals(requestHash))) {
    throw new DomainError('conflict', 'This operation id was used for something else. Use a new one.')
  }
}
