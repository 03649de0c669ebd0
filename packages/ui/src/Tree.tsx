import { ChevronRight, File, Folder } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { cn } from './cn.tsx'

/** A row of a tree from top to bottom; a folder's rows follow it at a greater depth. */
export type TreeRow = {
  /** Unique in the tree; of a folder, the beginning of the keys below it. */
  key: string
  name: string
  depth: number
  isFolder: boolean
}

type TreeProps = {
  label: string
  rows: readonly TreeRow[]
  selected: string | null
  onSelect: (key: string) => void
  /** Marks at the right end of a row; a tree may hold nothing else that can be pressed. */
  aside?: (row: TreeRow) => ReactNode
  className?: string
}

/**
 * Folders that fold and files that open. Up and Down move, Right opens a folder, Left closes it or goes to its folder,
 * Home and End go to the ends (the keys of the ARIA tree pattern).
 */
export function Tree({ label, rows, selected, onSelect, aside, className }: TreeProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [focused, setFocused] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const visible = rows.filter(
    ({ key }) => ![...closed].some((folder) => key !== folder && key.startsWith(folder)),
  )
  const tabStop = [focused, selected].find((key) => visible.some((row) => row.key === key)) ?? visible[0]?.key

  const toggle = (key: string, isOpen: boolean) =>
    setClosed((last) => new Set(isOpen ? [...last].filter((each) => each !== key) : [...last, key]))
  const focus = (row: TreeRow | undefined) => {
    if (!row) return
    setFocused(row.key)
    list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(row.key)}"]`)?.focus()
  }
  const press = (event: KeyboardEvent, row: TreeRow) => {
    const index = visible.indexOf(row)
    const isOpen = row.isFolder && !closed.has(row.key)
    const acts: Record<string, () => void> = {
      ArrowDown: () => focus(visible[index + 1]),
      ArrowUp: () => focus(visible[index - 1]),
      Home: () => focus(visible[0]),
      End: () => focus(visible.at(-1)),
      ArrowRight: () => (row.isFolder && !isOpen ? toggle(row.key, true) : focus(visible[index + 1])),
      ArrowLeft: () =>
        isOpen
          ? toggle(row.key, false)
          : focus(visible.slice(0, index).findLast(({ depth }) => depth < row.depth)),
    }
    const act = acts[event.key]
    if (act === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    act()
  }

  return (
    <div ref={list} role="tree" aria-label={label} className={className}>
      {visible.map((row) => {
        const isOpen = row.isFolder && !closed.has(row.key)
        const isSelected = row.key === selected
        return (
          <div key={row.key} role="none" className="relative">
            <button
              type="button"
              role="treeitem"
              data-key={row.key}
              tabIndex={row.key === tabStop ? 0 : -1}
              aria-level={row.depth + 1}
              aria-selected={row.isFolder ? undefined : isSelected}
              aria-expanded={row.isFolder ? isOpen : undefined}
              onFocus={() => setFocused(row.key)}
              onKeyDown={(event) => press(event, row)}
              onClick={() => (row.isFolder ? toggle(row.key, !isOpen) : onSelect(row.key))}
              style={{ paddingLeft: 8 + row.depth * 12 }}
              className={cn(
                'flex h-7 w-full items-center gap-2 rounded-sm pr-2 text-left text-muted text-sm -outline-offset-2 transition-colors hover:bg-hover hover:text-ink pointer-coarse:h-10',
                isSelected && 'bg-selected text-ink',
              )}
            >
              <RowIcon isFolder={row.isFolder} isOpen={isOpen} />
              <span className="min-w-0 flex-1 truncate" title={row.name}>
                {row.name}
              </span>
            </button>
            {aside && (
              <span className="pointer-events-none absolute inset-y-0 right-1.5 flex items-center gap-1.5">
                {aside(row)}
              </span>
            )}
          </div>
        )
      })}
    </div>
  )
}

function RowIcon({ isFolder, isOpen }: { isFolder: boolean; isOpen: boolean }) {
  if (!isFolder) return <File size={14} className="shrink-0 text-faint" aria-hidden />
  return (
    <span className="flex shrink-0 items-center text-faint" aria-hidden>
      <ChevronRight size={12} className={cn('-ml-1 transition-transform', isOpen && 'rotate-90')} />
      <Folder size={14} className="ml-0.5" />
    </span>
  )
}
