import { cn } from '@tallyforge/ui/cn'
import { ChevronDown } from 'lucide-react'

type PickerProps = {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
  describedBy?: string
  className?: string
}

/** The system's own list of choices, dressed as the editor dresses it: it opens beyond the edge of a narrow panel. */
export function Picker({ label, value, options, onChange, describedBy, className }: PickerProps) {
  return (
    <span className={cn('relative flex min-w-0', className)}>
      <select
        aria-label={label}
        aria-describedby={describedBy}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-7 w-full appearance-none truncate rounded-md border border-line-strong bg-surface pr-7 pl-2 text-ink -outline-offset-1 focus-visible:outline-1"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-page">
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-faint"
      />
    </span>
  )
}
