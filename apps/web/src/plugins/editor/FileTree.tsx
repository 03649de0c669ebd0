import { cn } from '@tallyforge/ui/cn'
import { File, Folder } from 'lucide-react'
import { fileRows } from './file-rows.ts'

export type FileChoice = {
  paths: string[]
  path: string
  /** The file that is being written. */
  openPath: string | null
  edited: string[]
  onChoose: (path: string) => void
}

type FileTreeProps = FileChoice & {
  isFollowing: boolean
  onFollow: (() => void) | undefined
  className?: string
}

export function FileTree({
  paths,
  path,
  openPath,
  edited,
  onChoose,
  isFollowing,
  onFollow,
  className,
}: FileTreeProps) {
  return (
    <nav aria-label="Files" className={cn('relative flex flex-col overflow-y-auto', className)}>
      <ul className="flex-1 p-1.5">
        {fileRows(paths).map((row) => (
          <li key={row.key} style={{ paddingLeft: row.depth * 12 }}>
            {row.path === null ? (
              <span className="flex h-7 items-center gap-2 px-2 text-muted text-sm">
                <Folder size={14} className="shrink-0 text-faint" aria-hidden />
                <span className="truncate">{row.name}</span>
              </span>
            ) : (
              <FileButton
                name={row.name}
                isShown={row.path === path}
                isOpen={row.path === openPath}
                isEdited={edited.includes(row.path)}
                onClick={() => row.path !== null && onChoose(row.path)}
              />
            )}
          </li>
        ))}
      </ul>
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
}

type FileButtonProps = {
  name: string
  isShown: boolean
  isOpen: boolean
  isEdited: boolean
  onClick: () => void
}

function FileButton({ name, isShown, isOpen, isEdited, onClick }: FileButtonProps) {
  return (
    <button
      type="button"
      aria-current={isShown ? 'true' : undefined}
      onClick={onClick}
      className={cn(
        'flex h-7 w-full items-center gap-2 rounded-sm px-2 text-left text-muted text-sm -outline-offset-2 transition-colors hover:bg-hover hover:text-ink',
        isShown && 'bg-selected text-ink',
      )}
    >
      <File size={14} className="shrink-0 text-faint" aria-hidden />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {isOpen && <Dot className="animate-pulse bg-accent" text="being written" />}
      {isEdited && <Dot className="bg-muted" text="edited" />}
    </button>
  )
}

function Dot({ className, text }: { className: string; text: string }) {
  return (
    <span title={text} className={cn('size-1.5 shrink-0 rounded-full', className)}>
      <span className="sr-only">, {text}</span>
    </span>
  )
}
