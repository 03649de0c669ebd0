import { Badge } from '@tallyforge/ui/Badge'
import { Button } from '@tallyforge/ui/Button'
import { CopyButton } from '@tallyforge/ui/CopyButton'
import { Tooltip } from '@tallyforge/ui/Tooltip'
import { Lock, LockOpen } from 'lucide-react'
import { memo } from 'react'

type FileBarProps = {
  path: string
  isEdited: boolean
  isLocked: boolean
  /** Absent: who looks at it may not lock it. */
  onLock: ((path: string, isLocked: boolean) => void) | undefined
}

/** Above the code: which file it is, and whether models may change it. */
export const FileBar = memo(function FileBar({ path, isEdited, isLocked, onLock }: FileBarProps) {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const act = isLocked ? 'Unlock' : 'Lock'
  return (
    <div className="flex h-9 shrink-0 items-center gap-1.5 border-b pr-1.5 pl-3 pointer-coarse:h-11">
      {/* A long path loses its beginning, never the file's name. */}
      <span title={path} className="flex min-w-0 font-mono text-xs">
        <span className="min-w-0 truncate text-faint">{folder}</span>
        <span className="max-w-full shrink-0 truncate">{path.slice(folder.length)}</span>
      </span>
      <CopyButton text={path} label={`Copy the path ${path}`} />
      {isEdited && <Badge>Edited</Badge>}
      {isLocked && (
        <Badge>
          <Lock size={12} aria-hidden />
          Locked
        </Badge>
      )}
      <span className="flex-1" />
      {onLock && (
        <Tooltip
          text={isLocked ? 'Let models change this file again' : 'Keep models from changing this file'}
        >
          <Button
            size="sm"
            variant="ghost"
            aria-label={`${act} ${path}`}
            onClick={() => onLock(path, !isLocked)}
          >
            {isLocked ? <LockOpen size={13} aria-hidden /> : <Lock size={13} aria-hidden />}
            {act}
          </Button>
        </Tooltip>
      )}
    </div>
  )
})
