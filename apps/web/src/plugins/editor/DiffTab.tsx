import { EmptyState } from '@tallyforge/ui/EmptyState'
import { Select } from '@tallyforge/ui/Select'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { lazy, Suspense } from 'react'
import { countText } from '../../format.ts'
import { LoadError } from '../../frame/LoadError.tsx'
import { trpc } from '../../trpc.ts'
import type { EditorParts } from './EditorLayout.tsx'

const DiffFile = lazy(() => import('./DiffFile.tsx').then((diff) => ({ default: diff.DiffFile })))

/** What changed from another version to the one that is shown, file by file. */
export function DiffTab({ editor, search, show }: EditorParts) {
  const { version, versionList, isWatching } = editor
  if (isWatching) {
    return <EmptyState title="Being written">What changed is shown once the version is made.</EmptyState>
  }
  if (!version || !versionList) return <DiffSkeleton />
  const others = versionList.filter(({ id }) => id !== version.id)
  const fromId = search.compare ?? others.find(({ number }) => number < version.number)?.id ?? others[0]?.id
  if (others.length === 0 || fromId === undefined) {
    return <EmptyState title="One version only">There is nothing to compare it with yet.</EmptyState>
  }
  return (
    <div className="p-4">
      <div className="mb-4 flex flex-wrap items-center gap-2 text-muted text-sm">
        From
        <Select
          label="Compare from"
          value={fromId}
          options={others.map(({ id, number, label }) => ({
            value: id,
            label: `Version ${number}`,
            detail: label,
          }))}
          onChange={(compare) => show({ compare })}
        />
        to version {version.number}
      </div>
      <Changes orgId={editor.key.orgId} fromVersionId={fromId} toVersionId={version.id} />
    </div>
  )
}

type ChangesProps = { orgId: string; fromVersionId: string; toVersionId: string }

function Changes(versions: ChangesProps) {
  const query = trpc.plugins.diff.useQuery(versions, { staleTime: Number.POSITIVE_INFINITY })
  if (query.isError) {
    return <LoadError error={query.error} onRetry={() => void query.refetch()} what="the changes" />
  }
  if (!query.data) return <DiffSkeleton />
  if (query.data.length === 0) {
    return <EmptyState title="No difference">Both versions have the same files.</EmptyState>
  }
  const [added, deleted] = [
    query.data.reduce((sum, file) => sum + file.addedLines, 0),
    query.data.reduce((sum, file) => sum + file.deletedLines, 0),
  ]
  return (
    <Suspense fallback={<DiffSkeleton />}>
      <p className="mb-3 text-sm">
        {countText(query.data.length, 'file')} changed: {countText(added, 'line')} added,{' '}
        {countText(deleted, 'line')} deleted
      </p>
      <div className="flex flex-col gap-4">
        {query.data.map((file, index) => (
          <DiffFile key={file.path} file={file} isOpenAtFirst={index < 20} />
        ))}
      </div>
    </Suspense>
  )
}

function DiffSkeleton() {
  return (
    <div className="flex flex-col gap-3 p-4" aria-busy="true">
      <Skeleton className="h-8 w-64" />
      <Skeleton className="h-40 w-full" />
    </div>
  )
}
