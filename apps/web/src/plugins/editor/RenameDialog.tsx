import { zodResolver } from '@hookform/resolvers/zod'
import { readError } from '@tallyforge/client/errors'
import { renameInput } from '@tallyforge/core/inputs/plugins'
import { Button } from '@tallyforge/ui/Button'
import { Dialog } from '@tallyforge/ui/Dialog'
import { Field } from '@tallyforge/ui/Field'
import { Input } from '@tallyforge/ui/Input'
import { useForm } from 'react-hook-form'
import { useOrg } from '../../frame/org.ts'
import { type Plugin, trpc } from '../../trpc.ts'

type RenameDialogProps = { plugin: Plugin; isOpen: boolean; onClose: () => void }

export function RenameDialog({ plugin, isOpen, onClose }: RenameDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Rename plugin">
      <RenameForm plugin={plugin} onClose={onClose} />
    </Dialog>
  )
}

const titleForm = renameInput.pick({ title: true })

function RenameForm({ plugin, onClose }: { plugin: Plugin; onClose: () => void }) {
  const { org } = useOrg()
  const utils = trpc.useUtils()
  const form = useForm({ resolver: zodResolver(titleForm), defaultValues: { title: plugin.title } })
  const rename = trpc.plugins.rename.useMutation({
    onSuccess: (renamed) => {
      utils.plugins.byId.setData({ orgId: org.id, pluginId: plugin.id }, renamed)
      void utils.plugins.list.invalidate()
      onClose()
    },
    onError: (error) => form.setError('title', { message: readError(error).message }, { shouldFocus: true }),
  })
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={form.handleSubmit(({ title }) =>
        rename.mutate({ orgId: org.id, pluginId: plugin.id, title }),
      )}
    >
      <Field
        label="Title"
        error={form.formState.errors.title?.message}
        hint="The extension keeps its identity: updates still install over it."
      >
        {(control) => <Input {...control} {...form.register('title')} autoComplete="off" />}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" isBusy={rename.isPending}>
          Rename
        </Button>
      </div>
    </form>
  )
}
