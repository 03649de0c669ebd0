import { readError } from '@tallyforge/client/errors'
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

export const route = createLazyRoute('/sign-up')({ component: SignUpPage })

const resolver = lazyResolver(() => import('./resolvers.ts').then((rules) => rules.signUp))

function SignUpPage() {
  usePageTitle('Create an account')
  const { next } = route.useSearch()
  const enter = useEnter(next)
  const form = useForm({
    resolver,
    defaultValues: { name: '', email: '', password: '' },
  })
  const signUp = trpc.auth.signUp.useMutation({
    onSuccess: enter,
    onError: (error) => {
      const { kind, message } = readError(error)
      // Only the address can be taken.
      if (kind === 'conflict') form.setError('email', { message }, { shouldFocus: true })
      else showErrors(error, ['name', 'email', 'password'], form.setError)
    },
  })
  const { errors } = form.formState
  // In the order of reading: of the wrong fields, the one that was registered first gets the focus.
  const fields = {
    name: form.register('name'),
    email: form.register('email'),
    password: form.register('password'),
  }
  return (
    <AuthLayout
      title="Create an account"
      context="It starts with enough tokens for several plugins."
      footer={
        <>
          Have an account?{' '}
          <Link to="/sign-in" search={{ next }} className={textLinkStyles}>
            Sign in
          </Link>
        </>
      }
    >
      <form
        noValidate
        onSubmit={form.handleSubmit((values) => signUp.mutate(values))}
        className="flex flex-col gap-4"
      >
        {errors.root?.message && (
          <Callout tone="bad" role="alert">
            <span className="text-ink">{errors.root.message}</span>
          </Callout>
        )}
        <Field label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} {...fields.name} autoComplete="name" autoFocus />}
        </Field>
        <Field label="Email" error={errors.email?.message}>
          {(control) => (
            <Input
              {...control}
              {...fields.email}
              type="email"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <PasswordField
          {...fields.password}
          autoComplete="new-password"
          hint="At least 10 characters."
          error={errors.password?.message}
        />
        <Button type="submit" variant="primary" size="lg" isBusy={signUp.isPending} className="mt-1">
          Create account
        </Button>
      </form>
    </AuthLayout>
  )
}
