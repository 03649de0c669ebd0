import { readError } from '@tallyforge/client/errors'
import { Button, buttonStyles } from '@tallyforge/ui/Button'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Message } from './Message.tsx'
import { isMissingCode } from './missing-code.ts'
import { usePageTitle } from './page-title.ts'

/** A page that could not be shown: its code is gone, the server did not answer, or our own code failed. */
export function ErrorPage(props: ErrorComponentProps) {
  return isMissingCode(props.error) ? <MissingCode /> : <Failure {...props} />
}

function MissingCode() {
  usePageTitle('Load it again')
  return (
    <Message
      title="This page has to be loaded again"
      action={
        <Button variant="primary" onClick={() => window.location.reload()}>
          Load it again
        </Button>
      }
    >
      Its code did not come, mostly because Tallyforge was updated since you opened it. Your drafts are kept.
    </Message>
  )
}

function Failure({ error, reset }: ErrorComponentProps) {
  usePageTitle('Something failed')
  const router = useRouter()
  const { kind, message } = readError(error)
  const isOurs = kind === 'offline' && !isCallError(error)
  const retry = () => {
    reset()
    void router.invalidate()
  }
  useEffect(() => {
    // The server being away is a matter of time: come back by ourselves.
    if (isOurs) return
    const timer = setInterval(() => void router.invalidate(), 5_000)
    return () => clearInterval(timer)
  }, [isOurs, router])
  return (
    <Message
      title={isOurs ? 'This page failed' : 'The page could not be loaded'}
      action={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <Link to="/" className={buttonStyles()}>
            Go to the start
          </Link>
        </>
      }
    >
      {isOurs ? 'Something in it went wrong on our side. Your plugins and tokens are safe.' : message}
    </Message>
  )
}

const isCallError = (error: unknown) => error instanceof Error && error.name === 'TRPCClientError'
