import type { Plugin } from '@tallyforge/client/outputs'
import { generationWords, versionWords } from '@tallyforge/core/plugins/words'
import type { Cli } from '../cli.ts'
import { type ListOptions, pagesOf, rowsOf } from '../pages.ts'

type Options = ListOptions & { archived?: boolean }

/** The organization's plugins, the one that changed last first. Pages are printed as they come. */
export async function listPlugins(cli: Cli, options: Options): Promise<void> {
  const { client, org } = await cli.signedIn()
  const { search = '', archived = false } = options
  const state = archived ? 'archived' : 'active'
  const pages = pagesOf((page) => client.plugins.list.query({ orgId: org.id, ...page, state, search }), {
    limit: rowsOf(options),
    pageSize: 100,
  })
  await cli.out.list(
    pages,
    [
      { title: 'ID', of: ({ id }) => id },
      { title: 'TITLE', of: ({ title }) => title },
      { title: 'STATE', of: stateOf },
      { title: 'VERSION', of: ({ latestVersion }) => (latestVersion ? `v${latestVersion.number}` : '') },
      {
        title: 'CHANGED (UTC)',
        of: ({ updatedAt }) => updatedAt.toISOString().slice(0, 16).replace('T', ' '),
      },
    ],
    search === ''
      ? 'No plugins yet. Try: tf plugins create "Count the words of the open file"'
      : 'No plugin with these words.',
  )
}

/** What runs, else what the newest version is. */
function stateOf({ activeGeneration, latestVersion }: Plugin): string {
  if (activeGeneration !== null) return generationWords[activeGeneration.state]
  return latestVersion === null ? 'No version' : versionWords[latestVersion.state]
}
