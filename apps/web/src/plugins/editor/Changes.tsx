import { countText } from '@tallyforge/core/format'
import { EmptyState } from '@tallyforge/ui/EmptyState'
import { GateSteps } from '@tallyforge/ui/GateSteps'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { LoadError } from '../../frame/LoadError.tsx'
import { Dialog } from '../../frame/late-controls.tsx'
import { useOrg } from '../../frame/org.ts'
import { type FileDiff, trpc, type Version } from '../../trpc.ts'
import { DiffFile } from './DiffFile.tsx'
import type { DiffStyle } from './diff-style.ts'
import { useRevert } from './revert.ts'

/** Files that are open at first; of more than these one chooses. */
const openFiles = 20
/** A longer change waits until somebody wants to see it. */
const openLines = 2_000

type ChangesProps = {
  from: Version
  to: Version
  canRevert: boolean
  style: DiffStyle
  /** Called with the id of the version in which a file is as it was. */
  onReverted: (versionId: string) => void
}

/** The files that differ between two versions. */
export function Changes({ from, to, canRevert, style, onReverted }: ChangesProps) {
  const { org } = useOrg()
  const query = trpc.plugins.diff.useQuery(
    { orgId: org.id, fromVersionId: from.id, toVersionId: to.id },
    { staleTime: Number.POSITIVE_INFINITY },
  )
  const { busyPath, refused, forget, revert } = useRevert({ from, to, onSaved: onReverted })
  if (query.isError) {
    return <LoadError error={query.error} onRetry={() => void query.refetch()} what="the changes" />
  }
  if (!query.data) {
    return (
      <div aria-busy="true">
        <Skeleton className="h-40 w-full" />
      </div>
    )
  }
  if (query.data.length === 0) {
    return <EmptyState title="No difference">Both versions have the same files.</EmptyState>
  }
  return (
    <>
      <h2 className="mb-3 text-sm">
        {countText(query.data.length, 'file')} changed: {countText(lines(query.data, 'addedLines'), 'line')}{' '}
        added, {countText(lines(query.data, 'deletedLines'), 'line')} deleted
      </h2>
      <div className="flex flex-col gap-4">
        {query.data.map((file, index) => (
          <DiffFile
            key={file.path}
            file={file}
            style={style}
            isOpenAtFirst={index < openFiles && file.addedLines + file.deletedLines <= openLines}
            revert={
              canRevert
                ? {
                    label: `Revert ${file.path} to version ${from.number}`,
                    isBusy: busyPath === file.path,
                    isDisabled: busyPath !== null,
                    onRevert: () => revert(file.path),
                  }
                : null
            }
          />
        ))}
      </div>
      <Dialog
        isOpen={refused !== null}
        onClose={forget}
        title="It does not build this way"
        description={`With ${refused?.path ?? 'the file'} as in version ${from.number} the checks fail, so no version was made.`}
      >
        {refused && <GateSteps steps={refused.steps} />}
      </Dialog>
    </>
  )
}

const lines = (files: readonly FileDiff[], of: 'addedLines' | 'deletedLines') =>
  files.reduce((sum, file) => sum + file[of], 0)
