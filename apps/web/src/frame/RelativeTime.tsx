import { timeAgo, timeText } from '../format.ts'
import { useNow } from './now.ts'

/** `4 minutes ago`, with the exact time on hover. */
export function RelativeTime({ at, className }: { at: Date; className?: string }) {
  const now = useNow(30_000)
  return (
    <time dateTime={at.toISOString()} title={timeText(at)} className={className}>
      {timeAgo(at, now)}
    </time>
  )
}
