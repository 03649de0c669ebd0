import { type EntryKind, entryKinds } from '@tallyforge/core/inputs/tokens'
import { formatTokens } from '@tallyforge/core/money'
import type { Cli } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { CliError } from '../failure.ts'
import { type ListOptions, pagesOf, rowsOf } from '../pages.ts'

type Options = ListOptions & { from?: string; to?: string; kind?: string }

/** What changed the balance, with the web page's own filters. Pages are printed as they come. */
export async function showHistory(cli: Cli, options: Options): Promise<void> {
  const { from = null, to = null, search = '' } = options
  const kind = kindOf(options.kind)
  const { client, org } = await cli.signedIn()
  const pages = pagesOf(
    (page) => client.tokens.history.query({ orgId: org.id, ...page, from, to, kind, search }),
    { limit: rowsOf(options), pageSize: 100 },
  )
  await cli.out.list(
    pages,
    [
      { title: 'TIME (UTC)', of: ({ at }) => at.toISOString().slice(0, 19).replace('T', ' ') },
      {
        title: 'TOKENS',
        of: ({ amount }) => (amount > 0n ? `+${formatTokens(amount)}` : formatTokens(amount)),
        align: 'right',
      },
      { title: 'BALANCE', of: ({ balanceAfter }) => formatTokens(balanceAfter), align: 'right' },
      { title: 'WHAT', of: ({ description }) => description },
    ],
    'Nothing changed the balance here.',
  )
}

function kindOf(text: string | undefined): EntryKind | null {
  if (text === undefined) return null
  const kind = entryKinds.find((each) => each === text)
  if (kind === undefined) throw new CliError(`--kind is one of: ${entryKinds.join(', ')}.`, exitCodes.usage)
  return kind
}
