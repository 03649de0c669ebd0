import { Button } from '@tallyforge/ui/Button'
import { Callout } from '@tallyforge/ui/Callout'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { showErrors } from '../auth/enter.ts'
import { lazyResolver } from '../auth/lazy-resolver.ts'
import { PasswordField } from '../auth/PasswordField.tsx'
import { api, trpc } from '../trpc.ts'

const resolver = lazyResolver(() => import('../auth/resolvers.ts').then((rules) => rules.changePassword))

export function PasswordForm({ email }: { email: string }) {
  const form = useForm({ resolver, defaultValues: { currentPassword: '', newPassword: '' } })
  const change = trpc.auth.changePassword.useMutation({
    onSuccess: (session) => {
      api.auth.session.setData(undefined, session)
      form.reset()
      void api.auth.sessions.invalidate()
      toast('Your password is changed', { description: 'Every other session of yours has ended.' })
    },
    onError: (error) => showErrors(error, ['currentPassword', 'newPassword'], form.setError),
  })
  const { errors } = form.formState
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((values) => change.mutate(values))}
      className="flex flex-col items-stretch gap-4"
    >
      {errors.root?.message && (
        <Callout tone="bad" role="alert">
          <span className="text-ink">{errors.root.message}</span>
        </Callout>
      )}
      {/* Password managers keep the new password under this name. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        {...form.register('currentPassword')}
        label="Current password"
        autoComplete="current-password"
        error={errors.currentPassword?.message}
      />
      <PasswordField
        {...form.register('newPassword')}
        label="New password"
        autoComplete="new-password"
        hint="At least 10 characters."
        error={errors.newPassword?.message}
      />
      <Button type="submit" isBusy={change.isPending} className="self-start">
        Change password
      </Button>
    </form>
  )
}
