import { Button } from '@tallyforge/ui/Button'
import type { ServerCheck } from '../../bridge/protocol.ts'
import { useAct } from '../act.ts'
import { Door } from './Door.tsx'

type Trouble = Exclude<ServerCheck, { status: 'checking' | 'compatible' }>

const titles: Record<Trouble['status'], string> = {
  unreachable: 'The server does not answer',
  'client-too-old': 'This extension is too old',
  'server-too-old': 'The server is too old',
}

/** What keeps the extension and the server apart, and the next step. */
export function ServerTrouble({ check, url }: { check: Trouble; url: string }) {
  const { act, busy } = useAct()
  return (
    <Door
      title={titles[check.status]}
      actions={
        <>
          <Button
            variant="primary"
            isBusy={busy === 'checkServer'}
            onClick={() => act({ name: 'checkServer' })}
          >
            Try again
          </Button>
          <Button onClick={() => act({ name: 'openSettings' })}>Open settings</Button>
          <Button onClick={() => act({ name: 'showLog' })}>Show log</Button>
        </>
      }
    >
      <p role="alert" className="text-muted">
        {check.message}
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
        <dt className="text-muted">Server</dt>
        <dd className="break-all">{url}</dd>
        {check.status !== 'unreachable' && (
          <>
            <dt className="text-muted">Its version</dt>
            <dd>{check.serverVersion}</dd>
            <dt className="text-muted">This extension</dt>
            <dd>{check.clientVersion}</dd>
          </>
        )}
      </dl>
    </Door>
  )
}
