import { Button } from '@tallyforge/ui/Button'
import { Callout } from '@tallyforge/ui/Callout'
import { Field } from '@tallyforge/ui/Field'
import { Input } from '@tallyforge/ui/Input'
import { createLazyRoute, Link } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { usePageTitle } from '../frame/page-title.ts'
import { trpc } from '../trpc.ts'
import { AuthLayout, textLinkStyles } from './AuthLayout.tsx'
import { showErrors, useEnter } from './enter.ts'
import { lazyResolver } from './lazy-resolver.ts'
import { PasswordField } from './PasswordField.tsx'

export const route = createLazyRoute('/sign-in')({ component: SignInPage })

const resolver = lazyResolver(() => import('./resolvers.ts').then((rules) => rules.signIn))

function SignInPage() {
  usePageTitle('Sign in')
  const { next } = route.useSearch()
  const enter = useEnter(next)
  const form = useForm({
    resolver,
    defaultValues: { email: '', password: '' },
  })
  const signIn = trpc.auth.signIn.useMutation({
    onSuccess: enter,
    onError: (error) => showErrors(error, ['email', 'password'], form.setError),
  })
  const { errors } = form.formState
  // In the order of reading: of the wrong fields, the one that was registered first gets the focus.
  const fields = { email: form.register('email'), password: form.register('password') }
  return (
    <AuthLayout
      title="Sign in"
      context="Go on where you left off."
      footer={
        <>
          New here?{' '}
          <Link to="/sign-up" search={{ next }} className={textLinkStyles}>
            Create an account
          </Link>
        </>
      }
    >
      <form
        noValidate
        onSubmit={form.handleSubmit((values) => signIn.mutate(values))}
        className="flex flex-col gap-4"
      >
        {errors.root?.message && (
          <Callout tone="bad" role="alert">
            <span className="text-ink">{errors.root.message}</span>
          </Callout>
        )}
        <Field label="Email" error={errors.email?.message}>
          {(control) => (
            <Input
              {...control}
              {...fields.email}
              type="email"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
            />
          )}
        </Field>
        <PasswordField
          {...fields.password}
          autoComplete="current-password"
          error={errors.password?.message}
        />
        <Button type="submit" variant="primary" size="lg" isBusy={signIn.isPending} className="mt-1">
          Sign in
        </Button>
      </form>
    </AuthLayout>
  )
}
