import { EmptyState } from '@tallyforge/ui/EmptyState'
import { IconButton } from '@tallyforge/ui/IconButton'
import { Segmented } from '@tallyforge/ui/Segmented'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { ArrowLeftRight } from 'lucide-react'
import { LoadError } from '../../frame/LoadError.tsx'
import { Combobox } from '../../frame/late-controls.tsx'
import type { Version } from '../../trpc.ts'
import { Changes } from './Changes.tsx'
import { type DiffStyle, useDiffStyle } from './diff-style.ts'
import type { EditorParts } from './EditorLayout.tsx'
import { useAllVersions } from './Versions.tsx'

const styles = [
  { value: 'unified', label: 'Unified' },
  { value: 'split', label: 'Side by side' },
] as const satisfies { value: DiffStyle; label: string }[]

/** What changed between two versions, file by file. The address keeps both. */
export function DiffTab({ editor, search, show }: EditorParts) {
  const { version, versions, versionList, isWatching, detail, canWrite } = editor
  const { style, hasRoom, choose } = useDiffStyle()
  useAllVersions(versions, true)
  if (isWatching) {
    return <EmptyState title="Being written">What changed is shown once the version is made.</EmptyState>
  }
  if (versions.isError && !versionList) {
    return (
      <div className="p-4">
        <LoadError error={versions.error} onRetry={() => void versions.refetch()} what="the versions" />
      </div>
    )
  }
  if (versionList?.length === 0) {
    return <EmptyState title="No version yet">There is nothing to compare.</EmptyState>
  }
  if (!version || !versionList) {
    return detail.isError ? null : <DiffSkeleton />
  }
  const to = versionList.find(({ id }) => id === version.id) ?? version
  const from = search.compare
    ? versionList.find(({ id }) => id === search.compare)
    : beforeOf(to, versionList)
  const options = versionList.map(({ id, number, label }) => ({
    value: id,
    label: `Version ${number}`,
    detail: label,
  }))
  return (
    <div className="p-4">
      <div className="mb-4 flex flex-wrap items-center gap-x-2 gap-y-3 text-sm">
        <Combobox
          label="From version"
          value={from?.id ?? null}
          options={options}
          onChange={(id) => id && show({ version: to.id, compare: id })}
          placeholder="Choose a version"
          className="w-36"
        />
        <IconButton
          label="Swap the two versions"
          disabled={!from}
          onClick={() => from && show({ version: from.id, compare: to.id })}
        >
          <ArrowLeftRight size={14} aria-hidden />
        </IconButton>
        <Combobox
          label="To version"
          value={to.id}
          options={options}
          onChange={(id) => id && show({ version: id, compare: from?.id })}
          className="w-36"
        />
        <span className="flex-1" />
        {hasRoom && <Segmented label="Layout of changes" value={style} options={styles} onChange={choose} />}
      </div>
      {from ? (
        <Compared
          from={from}
          to={to}
          canRevert={canWrite}
          style={style}
          onReverted={(id) => show({ version: id, compare: from.id })}
        />
      ) : (
        <Missing isLoading={versions.hasNextPage} isFirst={search.compare === undefined} />
      )}
    </div>
  )
}

type ComparedProps = {
  from: Version
  to: Version
  canRevert: boolean
  style: DiffStyle
  onReverted: (versionId: string) => void
}

function Compared(props: ComparedProps) {
  if (props.from.id === props.to.id) {
    return <EmptyState title="The same version twice">Choose another one to compare it with.</EmptyState>
  }
  return <Changes key={`${props.from.id} ${props.to.id}`} {...props} />
}

function Missing({ isLoading, isFirst }: { isLoading: boolean; isFirst: boolean }) {
  if (isLoading) return <DiffSkeleton />
  return isFirst ? (
    <EmptyState title="The first version">Choose another one to compare it with.</EmptyState>
  ) : (
    <EmptyState title="This version is not here">Choose another one to compare with.</EmptyState>
  )
}

/** What a version is compared with unless told otherwise: what it was made from, else the one before it. */
function beforeOf({ number, parentId }: Version, all: readonly Version[]): Version | undefined {
  return all.find(({ id }) => id === parentId) ?? all.find((other) => other.number < number)
}

function DiffSkeleton() {
  return (
    <div className="flex flex-col gap-3 p-4" aria-busy="true">
      <Skeleton className="h-8 w-64" />
      <Skeleton className="h-40 w-full" />
    </div>
  )
}
