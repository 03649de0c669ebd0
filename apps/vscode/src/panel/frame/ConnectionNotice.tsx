import { WifiOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useConnection } from '../live/LiveProvider.tsx'

/** Shorter gaps mend themselves unseen, and a first connection may take its time. In milliseconds. */
const patience = { open: null, lost: 2_000, connecting: 6_000 }

/** Says quietly that the server is away. */
export function ConnectionNotice() {
  const isAway = useIsAway()
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

/** Whether the stream has been away for longer than a person would not notice. */
function useIsAway(): boolean {
  const wait = patience[useConnection()]
  const [isAway, setAway] = useState(false)
  useEffect(() => {
    if (wait === null) {
      setAway(false)
      return
    }
    const timer = setTimeout(() => setAway(true), wait)
    return () => clearTimeout(timer)
  }, [wait])
  return isAway
}
