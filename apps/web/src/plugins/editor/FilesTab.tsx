import { countText } from '@tallyforge/core/format'
import { EmptyState } from '@tallyforge/ui/EmptyState'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { toast } from 'sonner'
import { LoadError } from '../../frame/LoadError.tsx'
import type { EditorParts } from './EditorLayout.tsx'
import { useShownFiles } from './editor.ts'
import { FileBar } from './FileBar.tsx'
import { FilePicker } from './FilePicker.tsx'
import { FileTree } from './FileTree.tsx'
import { useLocks } from './locks.ts'
import { SaveBar } from './SaveBar.tsx'

// Asked for with the page, beside its first calls; the page itself does not wait for it.
const code = import('./CodeEditor.tsx')
const CodeEditor = lazy(() => code.then(({ CodeEditor: loaded }) => ({ default: loaded })))

const noEdits = { changes: {} as Readonly<Record<string, string>>, isRestored: false }
const noPaths: readonly string[] = []

/** The tree and the file. While a model writes, the shown file is the one being written, until another is chosen. */
export function FilesTab({ editor, edits, search, show }: EditorParts) {
  const [chosen, setChosen] = useState<string | null>(null)
  const { detail, version, versionList, isWatching, canWrite, plugin } = editor
  const { files, written } = useShownFiles(editor)
  const setLock = useLocks(editor)
  const follow = useCallback(() => setChosen(null), [])
  const { changes, isRestored } = version ? edits.of(version.id) : noEdits
  const paths = useSame([...(files?.keys() ?? [])])
  const edited = useSame(Object.keys(changes))
  if (detail.isError && !files) {
    return (
      <div className="p-4">
        <LoadError error={detail.error} onRetry={() => void detail.refetch()} what="the files" />
      </div>
    )
  }
  if (!files) return <FilesSkeleton />
  const openPath = isWatching ? (written?.openPath ?? null) : null
  const path = shownPath({ chosen, openPath, paths, lastWritten: written?.files.at(-1)?.path })
  if (path === null) {
    return isWatching ? (
      <FilesSkeleton />
    ) : (
      <EmptyState title="No files">Nothing was kept of this one.</EmptyState>
    )
  }
  const original = files.get(path) ?? ''
  const mayEdit = canWrite && version !== null && !isWatching
  const edit = (versionId: string, text: string) => {
    edits.change(versionId, path, text, original)
    // A newer version, from another page, must not take this one's place under the person's hands.
    if (search.version !== versionId) show({ version: versionId }, { isReplaced: true })
  }
  const locked = plugin.data?.lockedPaths ?? noPaths
  const tree = { paths, path, openPath, edited, locked, onChoose: setChosen }
  const writing = isWatching ? written?.files.find((file) => file.path === path)?.writing : undefined
  const newest = versionList?.[0]?.number
  return (
    <>
      <FilePicker {...tree} className="md:hidden" />
      <div className="flex min-h-0 flex-1">
        <FileTree
          {...tree}
          isFollowing={isWatching && chosen === null}
          onFollow={isWatching && chosen !== null ? follow : undefined}
          className="w-44 shrink-0 border-r max-md:hidden"
        />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <FileBar
            path={path}
            isEdited={path in changes}
            isLocked={locked.includes(path)}
            onLock={canWrite && editor.isOfVersion(path) ? setLock : undefined}
          />
          <div className="min-h-0 flex-1">
            <Suspense fallback={<CodeSkeleton />}>
              <CodeEditor
                key={`${written ? 'live' : version?.id}:${path}`}
                path={path}
                text={changes[path] ?? original}
                writing={writing ?? null}
                isStreaming={path === openPath}
                onChange={mayEdit ? (text) => edit(version.id, text) : undefined}
              />
            </Suspense>
          </div>
        </div>
      </div>
      {mayEdit && edited.length > 0 && (
        <SaveBar
          version={version}
          changes={changes}
          isRestored={isRestored}
          newerNumber={newest !== undefined && newest > version.number ? newest : null}
          onDiscard={() => {
            edits.discard(version.id)
            toast(`Discarded ${countText(edited.length, 'edited file')}`, {
              action: { label: 'Undo', onClick: () => edits.restore(version.id, changes) },
            })
          }}
          onSaved={() => {
            edits.discard(version.id)
            show({ version: undefined })
          }}
        />
      )}
    </>
  )
}

/** The same list as long as it has the same paths: what shows them is not drawn again with every piece of a stream. */
function useSame(paths: readonly string[]): readonly string[] {
  const all = paths.join('\n')
  return useMemo(() => (all === '' ? noPaths : all.split('\n')), [all])
}

type PathChoice = {
  chosen: string | null
  openPath: string | null
  lastWritten: string | undefined
  paths: readonly string[]
}

function shownPath({ chosen, openPath, lastWritten, paths }: PathChoice): string | null {
  const wanted = [chosen, openPath, lastWritten, 'src/extension.ts', 'package.json']
  return wanted.find((path) => path != null && paths.includes(path)) ?? paths[0] ?? null
}

function FilesSkeleton() {
  return (
    <div className="flex flex-1" aria-busy="true">
      <div className="flex w-48 flex-col gap-2.5 border-r p-3 max-md:hidden">
        <Skeleton className="h-4 w-24" />
        <Skeleton className="h-4 w-32" />
        <Skeleton className="h-4 w-20" />
      </div>
      <CodeSkeleton />
    </div>
  )
}

function CodeSkeleton() {
  return (
    <div className="flex flex-1 flex-col gap-2.5 p-4">
      <Skeleton className="h-3.5 w-64 max-w-full" />
      <Skeleton className="h-3.5 w-80 max-w-full" />
      <Skeleton className="h-3.5 w-48" />
    </div>
  )
}
