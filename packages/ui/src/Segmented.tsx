import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import type { ReactNode } from 'react'
import { cn } from './cn.tsx'

type SegmentedProps<Value extends string> = {
  label: string
  value: Value
  options: readonly { value: Value; label: ReactNode }[]
  onChange: (value: Value) => void
  className?: string
}

/** One of a few that are all in sight. Arrow keys move, Space chooses. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, options, onChange, className } = props
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      className={cn('inline-flex h-8 rounded-md border bg-sunken p-0.5 pointer-coarse:h-10', className)}
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="inline-flex items-center gap-1.5 whitespace-nowrap rounded-sm px-2.5 text-muted text-sm transition-colors hover:text-ink data-pressed:bg-surface data-pressed:font-medium data-pressed:text-ink data-pressed:shadow-[0_0_0_1px_var(--tf-line-strong)]"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
