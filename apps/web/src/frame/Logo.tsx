import { cn } from '@tallyforge/ui/cn'

/** A tally of five: four strokes and the one across. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      strokeLinecap="round"
      aria-hidden
      className={cn('size-5', className)}
    >
      <path d="M5.5 5v14M9.8 5v14M14.2 5v14M18.5 5v14" stroke="currentColor" strokeWidth="2" />
      <path d="M2.5 17.5 21.5 7" stroke="var(--tf-accent)" strokeWidth="2.4" />
    </svg>
  )
}
