import { DomainError } from '@tallyforge/core/errors'
import type { grantTokensInput } from '@tallyforge/core/inputs/admin'
import { orgs } from '@tallyforge/db/schema'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { requestHash } from '../request-hash.ts'
import { grantTokens } from '../tokens/ledger.ts'
import type { StaffContext } from './staff.ts'

/**
 * Adds tokens to an org's wallet, in microtokens, by a person of the staff. The same operation id grants once and answers
 * the balance again. @throws not_found for an org of nobody; conflict when the id was used for something else;
 * invalid_input for a last day that has passed.
 */
export async function grantByStaff(ctx: StaffContext, input: z.output<typeof grantTokensInput>) {
  const { db, clock, log } = ctx.deps
  const { orgId, operationId, amount, description, lastDay } = input
  const expiresAt = lastDay == null ? null : endOf(lastDay)
  if (expiresAt !== null && expiresAt <= clock()) {
    throw new DomainError('invalid_input', 'This day has passed: the tokens would be gone at once.')
  }
  const { balance } = await db.withService(async (tx) => {
    const [org] = await tx.select({ id: orgs.id }).from(orgs).where(eq(orgs.id, orgId))
    if (org === undefined) throw new DomainError('not_found', 'This organization does not exist.')
    return grantTokens(tx, {
      orgId,
      operationId,
      amount,
      reason: 'adjustment',
      description,
      expiresAt,
      requestHash: requestHash('admin.grant', { orgId, amount, description, lastDay: lastDay ?? null }),
    })
  })
  log.info({ staff: ctx.user.id, orgId, operationId, amount: amount.toString() }, 'staff granted tokens')
  return { balance }
}

/** The moment a UTC day is over. */
const endOf = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)
