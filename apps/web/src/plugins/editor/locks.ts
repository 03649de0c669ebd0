import { readError } from '@tallyforge/client/errors'
import { useCallback } from 'react'
import { toast } from 'sonner'
import { type Plugin, trpc } from '../../trpc.ts'
import type { Editor } from './editor.ts'

/** Locks and unlocks files. The mark changes at once, and back if the server says no. */
export function useLocks({ key }: Editor) {
  const utils = trpc.useUtils()
  const options = (isLocked: boolean) => ({
    onMutate: ({ path }: { path: string }) =>
      utils.plugins.byId.setData(key, (plugin) => plugin && marked(plugin, path, isLocked)),
    onSuccess: (plugin: Plugin) => utils.plugins.byId.setData(key, plugin),
    onError: (error: unknown, { path }: { path: string }) => {
      utils.plugins.byId.setData(key, (plugin) => plugin && marked(plugin, path, !isLocked))
      toast.error(readError(error).message)
    },
  })
  const { mutate: lock } = trpc.plugins.lockFile.useMutation(options(true))
  const { mutate: unlock } = trpc.plugins.unlockFile.useMutation(options(false))
  const { orgId, pluginId } = key
  return useCallback(
    (path: string, isLocked: boolean) => (isLocked ? lock : unlock)({ orgId, pluginId, path }),
    [lock, unlock, orgId, pluginId],
  )
}

function marked(plugin: Plugin, path: string, isLocked: boolean): Plugin {
  const others = plugin.lockedPaths.filter((other) => other !== path)
  return { ...plugin, lockedPaths: isLocked ? [...others, path].sort() : others }
}
