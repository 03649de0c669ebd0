import { readError } from '@tallyforge/client/errors'
import { toast } from 'sonner'
import { useOrg } from '../frame/org.ts'
import { type Plugin, trpc } from '../trpc.ts'

/** Archives at once and offers to undo; or brings back what was archived. */
export function useArchive() {
  const { org } = useOrg()
  const utils = trpc.useUtils()
  const refresh = () => void Promise.all([utils.plugins.list.invalidate(), utils.plugins.byId.invalidate()])
  const onError = (error: unknown) => {
    toast.error(readError(error).message)
  }
  const archive = trpc.plugins.archive.useMutation({ onSuccess: refresh, onError })
  const unarchive = trpc.plugins.unarchive.useMutation({ onSuccess: refresh, onError })
  const key = ({ id }: Plugin) => ({ orgId: org.id, pluginId: id })
  return {
    isBusy: archive.isPending || unarchive.isPending,
    archive: (plugin: Plugin) =>
      archive.mutate(key(plugin), {
        onSuccess: () => {
          toast(`Archived “${plugin.title}”`, {
            action: { label: 'Undo', onClick: () => unarchive.mutate(key(plugin)) },
          })
        },
      }),
    unarchive: (plugin: Plugin) =>
      unarchive.mutate(key(plugin), {
        onSuccess: () => {
          toast(`“${plugin.title}” is active again`)
        },
      }),
  }
}
