import { cn } from '@tallyforge/ui/cn'
import { Tree } from '@tallyforge/ui/Tree'
import { Lock } from 'lucide-react'
import { memo, useMemo } from 'react'
import { fileRows } from './file-rows.ts'

export type FileChoice = {
  paths: readonly string[]
  path: string
  /** The file that is being written. */
  openPath: string | null
  edited: readonly string[]
  /** No model changes these. */
  locked: readonly string[]
  onChoose: (path: string) => void
}

type FileTreeProps = FileChoice & {
  isFollowing: boolean
  onFollow: (() => void) | undefined
  className?: string
}

export const FileTree = memo(function FileTree(props: FileTreeProps) {
  const { paths, path, openPath, edited, locked, onChoose, isFollowing, onFollow, className } = props
  const rows = useMemo(() => fileRows(paths), [paths])
  return (
    <nav aria-label="Files" className={cn('relative flex flex-col overflow-y-auto', className)}>
      <Tree
        label="Files"
        rows={rows}
        selected={path}
        onSelect={onChoose}
        className="flex-1 p-1.5"
        aside={({ key }) => (
          <>
            {key === openPath && <Dot className="animate-pulse bg-accent" text="being written" />}
            {locked.includes(key) && (
              <span title="locked" className="text-faint">
                <Lock size={11} aria-hidden />
                <span className="sr-only">, locked</span>
              </span>
            )}
            {edited.includes(key) && <Dot className="bg-muted" text="edited" />}
          </>
        )}
      />
      {isFollowing && <p className="border-t px-3 py-2 text-faint text-xs">Following the model</p>}
      {onFollow && (
        <button
          type="button"
          onClick={onFollow}
          className="border-t px-3 py-2 text-left text-xs hover:bg-hover"
        >
          Follow the model
        </button>
      )}
    </nav>
  )
})

function Dot({ className, text }: { className: string; text: string }) {
  return (
    <span title={text} className={cn('size-1.5 shrink-0 rounded-full', className)}>
      <span className="sr-only">, {text}</span>
    </span>
  )
}
