import { Collapsible } from '@base-ui/react/collapsible'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from './Badge.tsx'

type DiffFrameProps = {
  path: string
  status: 'added' | 'deleted' | 'changed'
  addedLines: number
  deletedLines: number
  isOpenAtFirst: boolean
  /** What can be done with this file, at the right end of its line. */
  actions?: ReactNode
  /** The changed lines; made only once the file is opened. */
  children: ReactNode
}

const words = { added: 'Added', deleted: 'Deleted', changed: 'Changed' } as const

/** One file of a comparison: its name and its counts, the changes under it. */
export function DiffFrame(props: DiffFrameProps) {
  const { path, status, addedLines, deletedLines, isOpenAtFirst, actions, children } = props
  return (
    <Collapsible.Root
      defaultOpen={isOpenAtFirst}
      render={<section aria-label={path} />}
      className="overflow-hidden rounded-md border"
    >
      <div className="flex items-center gap-1 bg-sunken pr-1.5">
        <h3 className="min-w-0 flex-1">
          <Collapsible.Trigger className="group flex h-9 w-full items-center gap-2 px-3 text-left text-sm -outline-offset-2">
            <ChevronRight
              size={14}
              aria-hidden
              className="shrink-0 text-faint transition-transform group-data-panel-open:rotate-90"
            />
            <span className="min-w-0 flex-1 truncate font-mono" title={path}>
              {path}
            </span>
            {status !== 'changed' && <Badge>{words[status]}</Badge>}
            <span className="figures text-good text-xs">+{addedLines}</span>
            <span className="figures text-bad text-xs">−{deletedLines}</span>
          </Collapsible.Trigger>
        </h3>
        {actions}
      </div>
      <Collapsible.Panel className="border-t">{children}</Collapsible.Panel>
    </Collapsible.Root>
  )
}
