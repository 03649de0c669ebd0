import { EmptyState } from '@tallyforge/ui/EmptyState'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { lazy, Suspense, useState } from 'react'
import { LoadError } from '../../frame/LoadError.tsx'
import type { EditorParts } from './EditorLayout.tsx'
import { FilePicker } from './FilePicker.tsx'
import { FileTree } from './FileTree.tsx'
import { SaveBar } from './SaveBar.tsx'

// Asked for with the page, beside its first calls; the page itself does not wait for it.
const code = import('./CodeEditor.tsx')
const CodeEditor = lazy(() => code.then(({ CodeEditor: loaded }) => ({ default: loaded })))

/** The tree and the file. While a model writes, the shown file is the one being written, until another is chosen. */
export function FilesTab({ editor, edits, show }: EditorParts) {
  const [chosen, setChosen] = useState<string | null>(null)
  const { files, detail, version, isWatching, live, canWrite } = editor
  if (detail.isError && !files) {
    return (
      <div className="p-4">
        <LoadError error={detail.error} onRetry={() => void detail.refetch()} what="the files" />
      </div>
    )
  }
  if (!files) return <FilesSkeleton />
  const edited = version ? edits.of(version.id) : {}
  const paths = [...files.keys()]
  const openPath = isWatching ? (live?.openPath ?? null) : null
  const path = shownPath({
    chosen,
    openPath,
    paths,
    lastWritten: isWatching ? live?.files.at(-1)?.path : undefined,
  })
  if (path === null) {
    return isWatching ? (
      <FilesSkeleton />
    ) : (
      <EmptyState title="No files">Nothing was kept of this one.</EmptyState>
    )
  }
  const original = files.get(path) ?? ''
  const mayEdit = canWrite && version !== null && !isWatching
  const tree = { paths, path, openPath, edited: Object.keys(edited), onChoose: setChosen }
  return (
    <>
      <FilePicker {...tree} className="md:hidden" />
      <div className="flex min-h-0 flex-1">
        <FileTree
          {...tree}
          isFollowing={isWatching && chosen === null}
          onFollow={isWatching && chosen !== null ? () => setChosen(null) : undefined}
          className="w-44 shrink-0 border-r max-md:hidden"
        />
        <div className="min-h-0 min-w-0 flex-1">
          <Suspense fallback={<CodeSkeleton />}>
            <CodeEditor
              key={`${isWatching ? 'live' : version?.id}:${path}`}
              path={path}
              text={edited[path] ?? original}
              isStreaming={path === openPath}
              onChange={mayEdit ? (text) => edits.change(version.id, path, text, original) : undefined}
            />
          </Suspense>
        </div>
      </div>
      {mayEdit && Object.keys(edited).length > 0 && (
        <SaveBar
          version={version}
          changes={edited}
          onDiscard={() => edits.discard(version.id)}
          onSaved={() => {
            edits.discard(version.id)
            show({ version: undefined })
          }}
        />
      )}
    </>
  )
}

type PathChoice = {
  chosen: string | null
  openPath: string | null
  lastWritten: string | undefined
  paths: string[]
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
