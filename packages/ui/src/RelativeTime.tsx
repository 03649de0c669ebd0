import { timeAgo, timeText } from '@tallyforge/core/format'
import { useNow } from './now.tsx'

/** `4 minutes ago`, with the exact time on hover. */
export function RelativeTime({ at, className }: { at: Date; className?: string }) {
  const now = useNow(30_000)
  return (
    <time dateTime={at.toISOString()} title={timeText(at)} className={className}>
      {timeAgo(at, now)}
    </time>
  )
}
