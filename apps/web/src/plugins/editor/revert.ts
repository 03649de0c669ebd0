import { readError } from '@tallyforge/client/errors'
import { useState } from 'react'
import { toast } from 'sonner'
import { useOrg } from '../../frame/org.ts'
import { type Step, trpc, type Version } from '../../trpc.ts'
import { useOperationId } from '../operation-id.ts'

type RevertOptions = { from: Version; to: Version; onSaved: (versionId: string) => void }

/** Takes one file of a version back to how it is in another one, as a new version; or says why that does not build. */
export function useRevert({ from, to, onSaved }: RevertOptions) {
  const { org } = useOrg()
  const utils = trpc.useUtils()
  const operation = useOperationId()
  const [refused, setRefused] = useState<{ path: string; steps: readonly Step[] } | null>(null)
  const { mutate, isPending, variables } = trpc.plugins.revertFile.useMutation({
    onSuccess: async (result, { path }) => {
      operation.renew()
      if (result.status === 'refused') {
        setRefused({ path, steps: result.steps })
        return
      }
      const key = { orgId: org.id, pluginId: to.pluginId }
      await Promise.all([utils.plugins.byId.invalidate(key), utils.plugins.versions.invalidate(key)])
      toast(`${path} is as in version ${from.number} again, in version ${result.version.number}`)
      onSaved(result.version.id)
    },
    onError: (error) => {
      toast.error(readError(error).message)
    },
  })
  return {
    busyPath: isPending ? variables.path : null,
    refused,
    forget: () => setRefused(null),
    revert: (path: string) =>
      mutate({
        orgId: org.id,
        operationId: operation.of(JSON.stringify([to.id, from.id, path])),
        versionId: to.id,
        toVersionId: from.id,
        path,
      }),
  }
}
