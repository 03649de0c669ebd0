import type { ReactNode } from 'react'

type FileRowProps = {
  path: string
  /** Stands before the path. */
  icon?: ReactNode
  /** What there is to know of the file, after its path. */
  children: ReactNode
  onOpen: () => void
  /** What can be done with it, beside opening it. */
  action?: ReactNode
}

/** One file in a list: the row opens it, and what else can be done stands at its end, seen when it is pointed at or focused. */
export function FileRow({ path, icon, children, onOpen, action }: FileRowProps) {
  return (
    <li className="group/file flex h-6 items-center hover:bg-hover">
      <button
        type="button"
        onClick={onOpen}
        className="flex h-6 min-w-0 flex-1 items-center gap-1.5 pr-1.5 pl-3 text-left -outline-offset-2 last:pr-3"
      >
        {icon}
        <span title={path} className="min-w-0 flex-1 truncate font-mono text-xs">
          {path}
        </span>
        {children}
      </button>
      {action}
    </li>
  )
}
