import { useIsAway } from '@tallyforge/ui/away'
import { WifiOff } from 'lucide-react'
import { useConnection } from '../live/LiveProvider.tsx'

/** Says quietly that the server is away. */
export function ConnectionNotice() {
  const isAway = useIsAway(useConnection())
  return (
    <div role="status" aria-label="Connection">
      {isAway && (
        <p className="flex items-center gap-2 border-b bg-warn-soft px-3 py-1">
          <WifiOff size={14} className="shrink-0 text-warn" aria-hidden />
          Connection lost, reconnecting
        </p>
      )}
    </div>
  )
}
