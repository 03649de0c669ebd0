import { clockText } from '@tallyforge/core/format'
import { Button } from '@tallyforge/ui/Button'
import { useNow } from '@tallyforge/ui/now'
import { Progress } from '@tallyforge/ui/Progress'
import { Copy, ExternalLink } from 'lucide-react'
import { useState } from 'react'
import type { SessionState } from '../../bridge/protocol.ts'
import { useAct } from '../act.ts'
import { Door } from './Door.tsx'

type SigningInProps = { session: Extract<SessionState, { status: 'signing-in' }> }

/** The code that the browser asks for, and how long it is good for. */
export function SigningIn({ session }: SigningInProps) {
  const { userCode, verificationUri, expiresAt } = session
  const { act, busy } = useAct()
  const [isCopied, setCopied] = useState(false)
  const now = useNow(1_000)
  const leftMs = expiresAt - now.getTime()
  if (leftMs <= 0) return <Expired />
  return (
    <Door
      title="Let this editor in"
      actions={
        <>
          <Button
            variant="primary"
            onClick={() => {
              act({ name: 'copy', text: userCode })
              setCopied(true)
            }}
          >
            <Copy size={14} aria-hidden />
            {isCopied ? 'Code copied' : 'Copy code'}
          </Button>
          <Button isBusy={busy === 'cancelSignIn'} onClick={() => act({ name: 'cancelSignIn' })}>
            Cancel
          </Button>
        </>
      }
    >
      <p className="text-muted">Your browser shows this code. Check that it is the same, and let it in.</p>
      <p
        role="status"
        className="select-all rounded-md border border-line-strong bg-surface py-3 text-center font-mono font-semibold text-2xl tracking-widest"
      >
        <span className="sr-only">Your code is </span>
        {userCode}
      </p>
      <div className="flex flex-col gap-1.5">
        <Progress label="Waiting for your browser" value={null} />
        <p className="flex justify-between gap-2 text-muted text-xs">
          <span>Waiting for your browser…</span>
          <span className="tabular-nums">Good for {clockText(leftMs)}</span>
        </p>
      </div>
      <p className="text-muted text-xs">
        No browser window?{' '}
        <button
          type="button"
          onClick={() => act({ name: 'copy', text: verificationUri })}
          className="inline-flex items-center gap-1 rounded-sm text-accent-ink underline-offset-2 hover:underline"
        >
          <ExternalLink size={12} aria-hidden />
          Copy the address
        </button>{' '}
        and open it.
      </p>
    </Door>
  )
}

function Expired() {
  const { act, busy } = useAct()
  return (
    <Door
      title="The code has expired"
      actions={
        <>
          <Button variant="primary" isBusy={busy === 'signIn'} onClick={() => act({ name: 'signIn' })}>
            Get a new code
          </Button>
          <Button isBusy={busy === 'cancelSignIn'} onClick={() => act({ name: 'cancelSignIn' })}>
            Cancel
          </Button>
        </>
      }
    >
      <p className="text-muted">Nobody let this editor in while the code was good.</p>
    </Door>
  )
}
