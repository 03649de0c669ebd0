import { randomUUID } from 'node:crypto'
import type { Microtokens } from '@tallyforge/core/money'
import { inTokens } from '../amounts.ts'
import type { Cli } from '../cli.ts'
import type { SignedIn } from '../connection.ts'
import { CliError } from '../failure.ts'

type Options = { for: string; until?: string; operation?: string }

/**
 * Adds tokens to an organization's wallet. A run that ended without an answer names the operation id with which it can be
 * tried again: the tokens are added once.
 */
export async function grantTokens(
  cli: Cli,
  org: string,
  amount: Microtokens,
  options: Options,
): Promise<void> {
  const connection = await cli.signedIn()
  const { id, slug } = await findOrg(connection, org)
  const operationId = options.operation ?? randomUUID()
  const grant = {
    orgId: id,
    operationId,
    amount,
    description: options.for,
    lastDay: options.until ?? null,
  }
  cli.out.note(`Granting ${inTokens(amount)} to ${slug} (--operation ${operationId})`)
  const { balance } = await connection.client.admin.tokens.grant.mutate(grant)
  cli.out.result({ org: slug, operationId, amount, balance }, `${slug} has ${inTokens(balance)} now.`)
}

async function findOrg({ client }: SignedIn, name: string): Promise<{ id: string; slug: string }> {
  // An id is what the server knows an organization by.
  if (name.startsWith('org_')) return { id: name, slug: name }
  const { items } = await client.admin.orgs.list.query({ search: name, limit: 500 })
  const org = items.find(({ slug }) => slug === name)
  if (org === undefined)
    throw new CliError(`No organization has the slug “${name}”. See: tf orgs list --search ${name}`)
  return org
}
