import { Button } from '@tallyforge/ui/Button'
import { Field } from '@tallyforge/ui/Field'
import { Input } from '@tallyforge/ui/Input'
import { useRouter } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { showErrors } from '../auth/enter.ts'
import { lazyResolver } from '../auth/lazy-resolver.ts'
import { api, trpc } from '../trpc.ts'

const resolver = lazyResolver(() => import('../auth/resolvers.ts').then((rules) => rules.profile))

export function NameForm({ name }: { name: string }) {
  const router = useRouter()
  const form = useForm({ resolver, values: { name } })
  const save = trpc.auth.updateProfile.useMutation({
    onSuccess: (user) => {
      api.auth.session.setData(undefined, (session) => session && { ...session, user })
      void router.invalidate()
      toast('Your name is saved')
    },
    onError: (error) => showErrors(error, ['name'], form.setError),
  })
  const { errors, isDirty } = form.formState
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((values) => save.mutate(values))}
      className="flex flex-col items-start gap-3"
    >
      <Field
        label="Name"
        isLabelHidden
        error={errors.name?.message ?? errors.root?.message}
        className="w-full"
      >
        {(control) => <Input {...control} {...form.register('name')} autoComplete="name" />}
      </Field>
      <Button type="submit" disabled={!isDirty} isBusy={save.isPending}>
        Save name
      </Button>
    </form>
  )
}
