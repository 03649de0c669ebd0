import type { Cli } from '../cli.ts'
import { type ListOptions, pagesOf, rowsOf } from '../pages.ts'

/** Everybody who has an account. Pages are printed as they come. */
export async function listUsers(cli: Cli, options: ListOptions): Promise<void> {
  const { client } = await cli.signedIn()
  const { search = '' } = options
  const pages = pagesOf((page) => client.admin.users.list.query({ ...page, search }), {
    limit: rowsOf(options),
    pageSize: 500,
  })
  await cli.out.list(
    pages,
    [
      { title: 'ID', of: ({ id }) => id },
      { title: 'EMAIL', of: ({ email }) => email },
      { title: 'NAME', of: ({ name }) => name },
      { title: 'STAFF', of: ({ staffLevel }) => staffLevel ?? '' },
      { title: 'SINCE', of: ({ createdAt }) => createdAt.toISOString().slice(0, 10) },
      { title: 'STATE', of: ({ suspendedAt }) => (suspendedAt === null ? 'active' : 'suspended') },
    ],
    'Nobody.',
  )
}
