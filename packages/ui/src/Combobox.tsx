import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, ChevronsUpDown } from 'lucide-react'
import { cn } from './cn.tsx'
import { floatStyles } from './float-styles.ts'
import type { Option } from './Select.tsx'

type ComboboxProps = {
  label: string
  value: string | null
  options: readonly Option[]
  onChange: (value: string | null) => void
  placeholder?: string
  /** Said when nothing matches what was typed. */
  emptyText?: string
  /** For options that come from elsewhere: told what is typed, the list shows what it is given. */
  onSearch?: (text: string) => void
  /** Options may wait until somebody wants to see them. */
  onOpen?: () => void
  isDisabled?: boolean
  className?: string
}

/** A choice among many: a field of its own in the list finds an option by its words. */
export function Combobox(props: ComboboxProps) {
  const { label, value, options, onChange, placeholder = 'Choose', emptyText = 'Nothing found' } = props
  const { onSearch, onOpen } = props
  const chosen = options.find((option) => option.value === value) ?? null
  return (
    <Base.Root
      items={options}
      value={chosen}
      onValueChange={(next) => onChange(next?.value ?? null)}
      isItemEqualToValue={(one, other) => one.value === other.value}
      disabled={props.isDisabled}
      onOpenChange={(isOpen) => isOpen && onOpen?.()}
      {...(onSearch && { filter: null, onInputValueChange: (text: string) => onSearch(text) })}
    >
      <Base.Trigger
        aria-label={label}
        className={cn(
          'inline-flex h-8 min-w-0 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-left text-sm transition-colors hover:bg-hover data-disabled:text-faint pointer-coarse:h-10',
          props.className,
        )}
      >
        <span className={cn('truncate', chosen === null && 'text-faint')}>
          {chosen?.label ?? placeholder}
        </span>
        <ChevronsUpDown size={14} className="shrink-0 text-faint" aria-hidden />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="z-50">
          <Base.Popup
            aria-label={label}
            className={cn(floatStyles, 'w-[min(360px,var(--available-width))] min-w-(--anchor-width)')}
          >
            <Base.Input
              aria-label={`Search: ${label}`}
              placeholder="Search"
              className="h-9 w-full border-b bg-transparent px-3 text-sm outline-none"
            />
            <Base.Empty>
              <div className="px-3 py-4 text-muted text-sm">{emptyText}</div>
            </Base.Empty>
            <Base.List className="max-h-[min(320px,var(--available-height))] overflow-y-auto p-1 empty:p-0">
              {(option: Option) => (
                <Base.Item
                  key={option.value}
                  value={option}
                  className="grid cursor-default grid-cols-[1fr_16px] items-center gap-x-4 rounded-sm px-2 py-1.5 text-sm outline-none data-highlighted:bg-hover"
                >
                  <span className="truncate">{option.label}</span>
                  <Base.ItemIndicator className="col-start-2 row-start-1">
                    <Check size={14} aria-hidden />
                  </Base.ItemIndicator>
                  {option.detail && <span className="text-muted text-xs">{option.detail}</span>}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
