import { Button } from '@tallyforge/ui/Button'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { LoadError } from '../../frame/LoadError.tsx'
import type { EditorSearch } from '../../search.ts'
import type { Editor } from './editor.ts'
import { VersionRow } from './VersionRow.tsx'

type VersionListProps = {
  editor: Editor
  search: EditorSearch
  show: (changes: EditorSearch) => void
}

/** All versions, newest first, along one line. */
export function VersionList({ editor, show }: VersionListProps) {
  const { versions, versionList, versionId, isWatching, plugin } = editor
  const latestId = plugin.data?.latestVersion?.id
  const numbers = new Map(versionList?.map(({ id, number }) => [id, number]))
  return (
    <section aria-label="Versions" className="p-4">
      <h2 className="mb-1.5 text-faint text-sm">Versions</h2>
      {versions.isError && !versionList && (
        <LoadError error={versions.error} onRetry={() => void versions.refetch()} what="the versions" />
      )}
      {!versionList && !versions.isError && <Skeleton className="h-10 w-full" />}
      {versionList?.length === 0 && (
        <p className="text-muted text-sm">
          {isWatching ? 'Version 1 is made when the checks are done.' : 'No version was made yet.'}
        </p>
      )}
      <ol>
        {versionList?.map((version, index) => (
          <VersionRow
            key={version.id}
            version={version}
            isShown={version.id === versionId}
            isFirst={index === 0}
            isLast={index === versionList.length - 1}
            branchOf={branchOf(version, numbers)}
            before={versionList[index + 1]}
            onShow={() =>
              show({
                version: version.id === latestId && !editor.running ? undefined : version.id,
                compare: undefined,
              })
            }
            onCompare={(from) => show({ tab: 'diff', compare: from })}
          />
        ))}
      </ol>
      {versions.hasNextPage && (
        <Button
          size="sm"
          className="mt-2"
          isBusy={versions.isFetchingNextPage}
          onClick={() => void versions.fetchNextPage()}
        >
          Load more
        </Button>
      )}
    </section>
  )
}

/** The number of the version that this one goes on from, when that is not simply the one before. */
function branchOf(
  { number, parentId }: { number: number; parentId: string | null },
  numbers: ReadonlyMap<string, number>,
): number | null {
  const parent = parentId === null ? undefined : numbers.get(parentId)
  return parent === undefined || parent === number - 1 ? null : parent
}
