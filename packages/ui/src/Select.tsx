import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { selectStyles } from './ClosedSelect.tsx'
import { cn } from './cn.tsx'
import { floatStyles } from './float-styles.ts'

export type Option = { value: string; label: string; detail?: ReactNode }

type SelectProps = {
  label: string
  value: string
  options: Option[]
  onChange: (value: string) => void
  isDisabled?: boolean
  className?: string
}

/** A choice among a few. `label` names it for screen readers; the trigger shows the chosen option. */
export function Select({ label, value, options, onChange, isDisabled, className }: SelectProps) {
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onChange(next)}
      disabled={isDisabled}
    >
      <Base.Trigger aria-label={label} className={cn(selectStyles, className)}>
        <Base.Value className="truncate" />
        <Base.Icon className="text-faint">
          <ChevronsUpDown size={14} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} align="start" className="z-50">
          <Base.Popup className={cn(floatStyles, 'min-w-(--anchor-width)')}>
            <Base.List className="max-h-(--available-height) overflow-y-auto p-1">
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className="grid cursor-default grid-cols-[1fr_16px] items-center gap-x-4 rounded-sm px-2 py-1.5 text-sm outline-none data-highlighted:bg-hover"
                >
                  <Base.ItemText>{option.label}</Base.ItemText>
                  <Base.ItemIndicator className="col-start-2 row-start-1">
                    <Check size={14} aria-hidden />
                  </Base.ItemIndicator>
                  {option.detail && <span className="text-muted text-xs">{option.detail}</span>}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
