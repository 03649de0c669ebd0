import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { plans } from '@tallyforge/core/plans'
import { memberships, orgs } from '@tallyforge/db/schema'
import type { ServiceTx } from '@tallyforge/db/tenancy'
import { grantTokens, openAccounts } from '../tokens/ledger.ts'

/**
 * Makes the personal org of a new user: owner's membership, ledger accounts and the Developer plan's first grant, all in
 * the transaction that makes the user. Returns the org's id.
 */
export async function createPersonalOrg(
  tx: ServiceTx,
  user: { id: string; name: string; email: string },
): Promise<string> {
  const [org] = await tx
    .insert(orgs)
    .values({ slug: makeSlug(user.email), name: user.name, plan: 'developer', isPersonal: true })
    .returning({ id: orgs.id })
  if (org === undefined) throw new Error('inserting an org returned nothing')
  await tx.insert(memberships).values({ orgId: org.id, userId: user.id, role: 'owner' })
  await openAccounts(tx, org.id)
  const allowance = plans.developer.monthlyTokens
  if (allowance !== null) {
    await grantTokens(tx, {
      orgId: org.id,
      operationId: randomUUID(),
      amount: allowance,
      reason: 'plan',
      description: 'Developer plan, first month',
      expiresAt: null,
      requestHash: createHash('sha256').update(`first-grant ${org.id}`).digest(),
    })
  }
  return org.id
}

/** A readable slug from the address's local part, with random characters so that it neither collides nor can be guessed. */
function makeSlug(email: string): string {
  const words = email
    .slice(0, email.indexOf('@'))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 24)
  return `${words === '' ? 'org' : words}-${randomBytes(4).toString('hex')}`
}
