import { readError } from '@tallyforge/client/errors'
import { Button } from '@tallyforge/ui/Button'
import { Callout } from '@tallyforge/ui/Callout'

/** Something could not be loaded: what happened, and the way to try again. */
export function LoadError({ error, onRetry, what }: { error: unknown; onRetry: () => void; what: string }) {
  const { kind, message, requestId } = readError(error)
  const title = kind === 'offline' ? 'You seem to be offline' : `Could not load ${what}`
  return (
    <Callout
      tone="bad"
      role="alert"
      title={title}
      action={
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {message}
      {requestId && <span className="mt-1 block font-mono text-faint text-xs">Request {requestId}</span>}
    </Callout>
  )
}
