import { ChevronsUpDown } from 'lucide-react'
import { cn } from './cn.tsx'

export const selectStyles =
  'inline-flex h-8 min-w-0 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-sm transition-colors hover:bg-hover data-disabled:text-faint pointer-coarse:h-10'

/** How a select looks while the code that opens it has yet to come. */
export function ClosedSelect({ text, className }: { text: string; className?: string | undefined }) {
  return (
    <span className={cn(selectStyles, className)} aria-hidden>
      <span className="truncate">{text}</span>
      <ChevronsUpDown size={14} className="shrink-0 text-faint" />
    </span>
  )
}
