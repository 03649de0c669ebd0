import { useIsAway } from '@tallyforge/ui/away'
import { RefreshCw, WifiOff } from 'lucide-react'
import { useConnection } from '../plugins/LiveProvider.tsx'
import { useIsCodeMissing } from './missing-code.ts'

/** Says quietly that the server is away; and, once it is back, that a part of the page did not come meanwhile. */
export function ConnectionNotice() {
  const isAway = useIsAway(useConnection())
  const isCodeMissing = useIsCodeMissing()
  return (
    <div role="status">
      {isAway && (
        <p className="flex items-center gap-2 border-b bg-bad-soft px-4 py-1.5 text-sm">
          <WifiOff size={14} className="text-bad" aria-hidden />
          The connection to the server is lost. Reconnecting…
        </p>
      )}
      {isCodeMissing && !isAway && (
        <p className="flex flex-wrap items-center gap-x-2 border-b bg-warn-soft px-4 py-1.5 text-sm">
          <RefreshCw size={14} className="text-warn" aria-hidden />A part of this page did not come.
          <button
            type="button"
            onClick={() => window.location.reload()}
            className="rounded-sm underline decoration-line-strong underline-offset-4 hover:decoration-accent"
          >
            Load the page again
          </button>
        </p>
      )}
    </div>
  )
}
