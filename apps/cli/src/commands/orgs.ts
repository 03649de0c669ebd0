import { formatTokens } from '@tallyforge/core/money'
import type { Cli } from '../cli.ts'
import { type ListOptions, pagesOf, rowsOf } from '../pages.ts'

/** Every organization with its wallet. Pages are printed as they come. */
export async function listOrgs(cli: Cli, options: ListOptions): Promise<void> {
  const { client } = await cli.signedIn()
  const { search = '' } = options
  const pages = pagesOf((page) => client.admin.orgs.list.query({ ...page, search }), {
    limit: rowsOf(options),
    pageSize: 500,
  })
  await cli.out.list(
    pages,
    [
      { title: 'ID', of: ({ id }) => id },
      { title: 'SLUG', of: ({ slug }) => slug },
      { title: 'NAME', of: ({ name }) => name },
      { title: 'PLAN', of: ({ plan }) => plan },
      { title: 'MEMBERS', of: ({ members }) => String(members), align: 'right' },
      { title: 'BALANCE', of: ({ balance }) => formatTokens(balance), align: 'right' },
      { title: 'HELD', of: ({ held }) => formatTokens(held), align: 'right' },
    ],
    'No organization.',
  )
}
