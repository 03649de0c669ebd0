import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { Kbd } from './Kbd.tsx'

export type Command = {
  id: string
  label: string
  /** More words to find it by, not shown. */
  keywords?: string
  detail?: ReactNode
  icon?: ReactNode
  /** The keys that do the same without the palette. */
  keys?: string
  /** Shown whatever was typed: it was found elsewhere by those words. */
  isFound?: boolean
  run: () => void
}

export type CommandGroup = { label: string; items: Command[] }

type CommandPaletteProps = {
  isOpen: boolean
  onClose: () => void
  groups: CommandGroup[]
  query: string
  onQuery: (query: string) => void
  /** Said when nothing matches. */
  emptyText: string
}

/** Every command of the product behind one field: type, arrow keys, Enter. */
export function CommandPalette(props: CommandPaletteProps) {
  const { isOpen, onClose, groups, query, onQuery, emptyText } = props
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-backdrop transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label="Commands"
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[min(480px,76dvh)] w-[min(600px,calc(100vw-24px))] -translate-x-1/2 flex-col overflow-hidden rounded-md border border-line-strong bg-surface shadow-float outline-none transition-[opacity,scale] duration-120 data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          <Autocomplete.Root
            inline
            open
            items={groups.map((group) => ({ ...group, value: group.label }))}
            value={query}
            onValueChange={(next, { reason }) => reason !== 'item-press' && onQuery(next)}
            itemToStringValue={(command: Command) => command.label}
            filter={matches}
            autoHighlight="always"
            keepHighlight
          >
            <div className="flex shrink-0 items-center gap-2.5 border-b px-3.5">
              <Search size={16} className="shrink-0 text-faint" aria-hidden />
              <Autocomplete.Input
                aria-label="Find a command or a plugin"
                placeholder="Find a command or a plugin"
                className="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none"
              />
              <Kbd keys="Esc" className="max-sm:hidden" />
            </div>
            <Autocomplete.Empty>
              <div className="px-4 py-8 text-center text-muted">{emptyText}</div>
            </Autocomplete.Empty>
            <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto p-1.5 empty:p-0">
              {(group: CommandGroup) => (
                <Autocomplete.Group key={group.label} items={group.items} className="pb-1.5 last:pb-0">
                  <Autocomplete.GroupLabel className="px-2 pt-1.5 pb-1 text-faint text-xs">
                    {group.label}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(command: Command) => <CommandRow key={command.id} command={command} />}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function CommandRow({ command }: { command: Command }) {
  return (
    <Autocomplete.Item
      value={command}
      onClick={command.run}
      className="flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-sm px-2 py-1.5 text-sm outline-none data-highlighted:bg-hover pointer-coarse:min-h-11 [&_svg]:shrink-0 [&_svg]:text-muted"
    >
      {command.icon}
      <span dir="auto" className="min-w-0 flex-1 truncate text-left">
        {command.label}
      </span>
      {command.detail && (
        <span dir="auto" className="max-w-[50%] shrink-0 truncate text-faint text-xs max-sm:hidden">
          {command.detail}
        </span>
      )}
      {command.keys && <Kbd keys={command.keys} className="max-sm:hidden" />}
    </Autocomplete.Item>
  )
}

/** Every typed word must begin a word of the label or of the keywords. */
function matches(command: Command, query: string): boolean {
  if (command.isFound) return true
  const words = `${command.label} ${command.keywords ?? ''}`.toLowerCase().split(/\s+/)
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((typed) => words.some((word) => word.startsWith(typed)))
}
