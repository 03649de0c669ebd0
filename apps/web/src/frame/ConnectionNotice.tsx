import { WifiOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useConnection } from '../plugins/LiveProvider.tsx'

/** Shows once the stream has been away for two seconds: shorter gaps mend themselves unseen. */
export function ConnectionNotice() {
  const isLost = useConnection() === 'lost'
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (!isLost) {
      setShown(false)
      return
    }
    const timer = setTimeout(() => setShown(true), 2_000)
    return () => clearTimeout(timer)
  }, [isLost])
  return (
    <div role="status">
      {isShown && (
        <p className="flex items-center gap-2 border-b bg-bad-soft px-4 py-1.5 text-sm">
          <WifiOff size={14} className="text-bad" aria-hidden />
          The connection to the server is lost. Reconnecting…
        </p>
      )}
    </div>
  )
}
