import { Skeleton } from '@tallyforge/ui/Skeleton'
import { useCallback, useEffect, useState } from 'react'
import { LoadError } from '../../frame/LoadError.tsx'
import type { EditorSearch } from '../../search.ts'
import type { Editor } from './editor.ts'
import { VersionGraph } from './VersionGraph.tsx'

type VersionsProps = { editor: Editor; show: (changes: EditorSearch) => void }

/** The history of the plugin. */
export function Versions({ editor, show }: VersionsProps) {
  const { versions, versionList, versionId, plugin, running, isWatching } = editor
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = versions
  const [wantsAll, setWantsAll] = useState(false)
  useAllVersions(versions, wantsAll)
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const loadAll = useCallback(() => setWantsAll(true), [])
  return (
    <section aria-label="Versions" className="p-4">
      <h2 className="mb-1.5 text-faint text-sm">Versions</h2>
      {versions.isError && !versionList && (
        <LoadError error={versions.error} onRetry={() => void versions.refetch()} what="the versions" />
      )}
      {!versionList && !versions.isError && <Skeleton className="h-10 w-full" />}
      {versionList?.length === 0 && !running && (
        <p className="text-muted text-sm">No version was made yet.</p>
      )}
      {versionList && (
        <VersionGraph
          list={versionList}
          shownId={isWatching ? null : versionId}
          latestId={plugin.data?.latestVersion?.id}
          running={running}
          hasMore={hasNextPage}
          isLoadingMore={isFetchingNextPage}
          loadMore={loadMore}
          loadAll={loadAll}
          show={show}
        />
      )}
    </section>
  )
}

/** Loads every page of the versions, one after the other: a choice among them must know them all. */
export function useAllVersions(
  { hasNextPage, isFetchingNextPage, isError, fetchNextPage }: Editor['versions'],
  isWanted: boolean,
) {
  useEffect(() => {
    if (isWanted && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [isWanted, hasNextPage, isFetchingNextPage, isError, fetchNextPage])
}
