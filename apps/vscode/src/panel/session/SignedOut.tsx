import { Button } from '@tallyforge/ui/Button'
import { Callout } from '@tallyforge/ui/Callout'
import type { HostState } from '../../bridge/protocol.ts'
import { useAct } from '../act.ts'
import { Door } from './Door.tsx'

export function SignedOut({ host, reason }: { host: HostState; reason: string | null }) {
  const { act, busy } = useAct()
  return (
    <Door
      title="Make a plugin for this editor"
      actions={
        <Button
          variant="primary"
          isBusy={busy === 'signIn' || host.server.check.status === 'checking'}
          onClick={() => act({ name: 'signIn' })}
        >
          Sign in
        </Button>
      }
    >
      {reason !== null && (
        <Callout tone="warn" role="status">
          {reason}
        </Callout>
      )}
      <p className="text-muted">
        Describe what it should do, watch it being written, and install it once it is proven to build.
      </p>
      <p className="text-muted text-xs">
        Server: {hostOf(host.server.url)}{' '}
        <button
          type="button"
          onClick={() => act({ name: 'openSettings' })}
          className="rounded-sm text-accent-ink underline-offset-2 hover:underline"
        >
          Change
        </button>
      </p>
    </Door>
  )
}

/** `tallyforge.example`, for people. */
const hostOf = (url: string) => URL.parse(url)?.host ?? url
