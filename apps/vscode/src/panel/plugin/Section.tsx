import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

type SectionProps = {
  title: string
  /** Stands at the right of the title, folded or not. */
  aside?: ReactNode
  isOpen?: boolean
  onToggle?: (isOpen: boolean) => void
  children: ReactNode
}

/** A part that folds, like the editor's own views. */
export function Section({ title, aside, isOpen, onToggle, children }: SectionProps) {
  return (
    <details
      open={isOpen}
      onToggle={(event) => onToggle?.(event.currentTarget.open)}
      className="group/section border-t"
    >
      <summary className="flex h-7 list-none items-center gap-1 px-2 -outline-offset-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={14}
          aria-hidden
          className="shrink-0 text-muted transition-transform group-open/section:rotate-90"
        />
        <h2 className="flex-1 font-semibold text-xs">{title}</h2>
        {aside && <span className="pr-1 text-faint text-xs tabular-nums">{aside}</span>}
      </summary>
      <div className="px-3 pt-1 pb-3">{children}</div>
    </details>
  )
}
