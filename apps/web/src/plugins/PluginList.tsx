import { Button, buttonStyles } from '@tallyforge/ui/Button'
import { EmptyState } from '@tallyforge/ui/EmptyState'
import { Table, Th } from '@tallyforge/ui/Table'
import { keepPreviousData } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { LoadError } from '../frame/LoadError.tsx'
import { useOrg } from '../frame/org.ts'
import { trpc } from '../trpc.ts'
import { type ListChoice, listInput } from './list-input.ts'
import { PluginListSkeleton } from './PluginListSkeleton.tsx'
import { PluginRow } from './PluginRow.tsx'

export function PluginList({ choice }: { choice: ListChoice }) {
  const { org } = useOrg()
  const query = trpc.plugins.list.useInfiniteQuery(listInput(org.id, choice), {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  const plugins = query.data?.pages.flatMap((page) => page.items)
  if (query.isError && !plugins) {
    return (
      <div className="py-6">
        <LoadError error={query.error} onRetry={() => void query.refetch()} what="the plugins" />
      </div>
    )
  }
  if (!plugins) return <PluginListSkeleton />
  if (plugins.length === 0) return <NoPlugins choice={choice} />
  return (
    <>
      <Table aria-label="Plugins">
        <thead className="max-md:sr-only">
          <tr>
            <Th className="pl-2">Title</Th>
            <Th className="w-32">State</Th>
            <Th className="w-36">Version</Th>
            <Th className="w-36">Updated</Th>
            <Th className="w-12">
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {plugins.map((plugin) => (
            <PluginRow key={plugin.id} plugin={plugin} />
          ))}
        </tbody>
      </Table>
      {query.hasNextPage && (
        <div className="flex justify-center py-5">
          <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </>
  )
}

function NoPlugins({ choice: { state, search } }: { choice: ListChoice }) {
  const { org, may } = useOrg()
  if (search !== '') {
    return (
      <EmptyState
        title="Nothing found"
        action={
          <Link from="/$org/plugins" to="." search={({ q: _, ...kept }) => kept} className={buttonStyles()}>
            Clear search
          </Link>
        }
      >
        No {state} plugin has “{search}” in its title or description.
      </EmptyState>
    )
  }
  if (state === 'archived') {
    return <EmptyState title="Nothing archived">Plugins that you archive wait here.</EmptyState>
  }
  return (
    <EmptyState
      title="Describe your first plugin"
      action={
        may('plugins.write') && (
          <Link
            to="/$org/plugins/new"
            params={{ org: org.slug }}
            className={buttonStyles({ variant: 'primary', size: 'lg' })}
          >
            Describe a plugin
          </Link>
        )
      }
    >
      Say in a few sentences what it should do. You watch it being written, and pay only if it builds.
    </EmptyState>
  )
}
