import { inTokens } from '../amounts.ts'
import type { Cli } from '../cli.ts'
import { facts } from '../output.ts'

export async function showBalance(cli: Cli): Promise<void> {
  const { client, org } = await cli.signedIn()
  const balance = await client.tokens.balance.query({ orgId: org.id })
  cli.out.result(
    balance,
    facts([
      ['available', inTokens(balance.available)],
      ['held', inTokens(balance.held)],
      ['balance', inTokens(balance.balance)],
      ['spent this month', inTokens(balance.spentThisMonth)],
    ]),
  )
}
