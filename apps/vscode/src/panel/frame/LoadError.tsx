import { readError } from '@tallyforge/client/errors'
import { Button } from '@tallyforge/ui/Button'
import { Callout } from '@tallyforge/ui/Callout'

type LoadErrorProps = { error: unknown; what: string; onRetry: () => void }

/** A part that could not be loaded says so in its place. */
export function LoadError({ error, what, onRetry }: LoadErrorProps) {
  return (
    <Callout
      tone="bad"
      role="alert"
      title={`Could not load ${what}`}
      action={
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {readError(error).message}
    </Callout>
  )
}
