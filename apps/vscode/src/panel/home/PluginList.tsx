import { Button } from '@tallyforge/ui/Button'
import { SearchField } from '@tallyforge/ui/SearchField'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { keepPreviousData } from '@tanstack/react-query'
import { LoadError } from '../frame/LoadError.tsx'
import { blankDraft } from '../kept-state.ts'
import { useOrg, usePanel } from '../panel.tsx'
import { Examples } from '../prompt/Examples.tsx'
import { trpc } from '../trpc.ts'
import { PluginRow } from './PluginRow.tsx'

type PluginListProps = { search: string; onSearch: (text: string) => void }

export function PluginList({ search, onSearch }: PluginListProps) {
  const { org } = useOrg()
  const query = trpc.plugins.list.useInfiniteQuery(
    { orgId: org.id, search, limit: 25 },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
  )
  const plugins = query.data?.pages.flatMap((page) => page.items)
  if (plugins?.length === 0 && search === '') return <NoPlugins />
  return (
    <section aria-label="Plugins" className="py-2">
      <div className="px-3 pb-1.5">
        <SearchField label="Search plugins" text={search} onSearch={onSearch} />
      </div>
      {query.isError && !plugins && (
        <div className="p-3">
          <LoadError error={query.error} what="the plugins" onRetry={() => void query.refetch()} />
        </div>
      )}
      {plugins?.length === 0 && (
        <p role="status" className="px-3 py-4 text-center text-muted">
          No plugin has “{search}” in its title or description.
        </p>
      )}
      <ul aria-label="Plugins" aria-busy={!plugins && !query.isError}>
        {plugins?.map((plugin) => <PluginRow key={plugin.id} plugin={plugin} />) ??
          (!query.isError && <RowSkeletons />)}
      </ul>
      {query.hasNextPage && (
        <div className="px-3 pt-2">
          <Button
            size="sm"
            className="w-full"
            isBusy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Load more
          </Button>
        </div>
      )}
    </section>
  )
}

function NoPlugins() {
  const { org, may } = useOrg()
  const { state } = usePanel()
  if (!may('plugins.write')) {
    return <p className="px-3 py-6 text-center text-muted">This organization has no plugin yet.</p>
  }
  return (
    <div className="flex flex-col gap-4 py-4">
      <p className="px-3 text-muted">
        Your plugins will stand here. You watch each one being written, and pay only if it builds.
      </p>
      <Examples onChoose={(prompt) => state.draft(org.id, { ...blankDraft(), prompt })} />
    </div>
  )
}

function RowSkeletons() {
  return ['a', 'b', 'c', 'd'].map((key) => (
    <li key={key} className="px-3 py-2">
      <Skeleton className="h-3.5 w-40" />
      <Skeleton className="mt-1.5 h-3 w-56 max-w-full" />
    </li>
  ))
}
