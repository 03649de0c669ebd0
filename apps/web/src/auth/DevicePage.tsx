import { readError } from '@tallyforge/client/errors'
import { Button, buttonStyles } from '@tallyforge/ui/Button'
import { Callout } from '@tallyforge/ui/Callout'
import { Field } from '@tallyforge/ui/Field'
import { Input } from '@tallyforge/ui/Input'
import { RelativeTime } from '@tallyforge/ui/RelativeTime'
import { createLazyRoute, Link } from '@tanstack/react-router'
import { CircleCheck, CircleSlash } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { usePageTitle } from '../frame/page-title.ts'
import { trpc } from '../trpc.ts'
import { AuthLayout } from './AuthLayout.tsx'

export const route = createLazyRoute('/device')({ component: DevicePage })

/** Where somebody lets a device in: the code first, then what waits under it, then the answer. */
function DevicePage() {
  usePageTitle('Sign in a device')
  const { code = '' } = route.useSearch()
  const { session } = route.useRouteContext()
  const [typed, setTyped] = useState(code)
  const input = useRef<HTMLInputElement>(null)
  const find = trpc.auth.device.describe.useMutation()
  const approve = trpc.auth.device.approve.useMutation()
  const deny = trpc.auth.device.deny.useMutation()
  const error = find.error ?? approve.error ?? deny.error
  const problem = error === null ? null : readError(error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    find.mutate({ userCode: typed }, { onError: () => input.current?.focus() })
  }
  const startOver = () => {
    for (const call of [find, approve, deny]) call.reset()
    setTyped('')
  }
  if (approve.data || deny.data) {
    return (
      <Decided label={(approve.data ?? deny.data)?.label ?? ''} isApproved={approve.data !== undefined} />
    )
  }
  if (find.data) {
    return (
      <AuthLayout
        title="Let this device in?"
        context={`It will act as ${session.user.name} (${session.user.email}).`}
        footer="Only go on if you started this yourself, just now, on a device of yours."
      >
        <div className="rounded-md border bg-surface px-4 py-3">
          <p className="break-words font-medium" dir="auto">
            {find.data.label}
          </p>
          <p className="mt-0.5 text-muted text-sm">
            Asked <RelativeTime at={find.data.createdAt} />
          </p>
        </div>
        {problem && (
          <Callout tone="bad" role="alert" className="mt-4">
            <span className="text-ink">{problem.message}</span>
          </Callout>
        )}
        <div className="mt-5 flex gap-2">
          <Button
            variant="primary"
            size="lg"
            className="flex-1"
            isBusy={approve.isPending}
            onClick={() => approve.mutate({ userCode: typed })}
          >
            Let it in
          </Button>
          <Button
            size="lg"
            className="flex-1"
            isBusy={deny.isPending}
            onClick={() => deny.mutate({ userCode: typed })}
          >
            Refuse
          </Button>
        </div>
        <Button variant="ghost" className="mt-3" onClick={startOver}>
          Another code
        </Button>
      </AuthLayout>
    )
  }
  return (
    <AuthLayout
      title="Sign in a device"
      context="Enter the code that your editor or command line shows."
      footer={`Signed in as ${session.user.email}.`}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Code" error={problem ? (problem.fields.userCode ?? problem.message) : undefined}>
          {(control) => (
            <Input
              {...control}
              ref={input}
              autoFocus
              autoComplete="one-time-code"
              autoCapitalize="characters"
              spellCheck={false}
              placeholder="BCDF-GHJK"
              value={typed}
              maxLength={40}
              onChange={(event) => {
                find.reset()
                setTyped(event.target.value)
              }}
              className="figures h-12 text-center text-xl uppercase tracking-widest"
            />
          )}
        </Field>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          isBusy={find.isPending}
          disabled={typed.trim() === ''}
        >
          Continue
        </Button>
      </form>
    </AuthLayout>
  )
}

function Decided({ label, isApproved }: { label: string; isApproved: boolean }) {
  const Icon = isApproved ? CircleCheck : CircleSlash
  return (
    <AuthLayout
      title={isApproved ? 'It is signed in' : 'It was refused'}
      context={isApproved ? 'Go back to it: it goes on by itself.' : 'Nothing was given to it.'}
      footer="You can close this page."
    >
      <p role="status" className="flex items-center gap-2">
        <Icon size={16} className={isApproved ? 'text-good' : 'text-muted'} aria-hidden />
        <span className="min-w-0 break-words" dir="auto">
          {label}
        </span>
      </p>
      <Link to="/" className={buttonStyles({ className: 'mt-5' })}>
        Open Tallyforge
      </Link>
    </AuthLayout>
  )
}
