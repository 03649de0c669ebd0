import { createOperation } from '@tallyforge/client/operation-id'
import type { Step, Version } from '@tallyforge/client/outputs'
import { useState } from 'react'
import { notify } from '../notices.tsx'
import { useOrg, useRoute } from '../panel.tsx'
import { trpc } from '../trpc.ts'

/** Takes one file of a version back to how it is in another one, as a new version; or says why that does not build. */
export function useRevert({ base, head }: { base: Version; head: Version }) {
  const { org } = useOrg()
  const { go } = useRoute()
  const utils = trpc.useUtils()
  const [operation] = useState(createOperation)
  const [refused, setRefused] = useState<{ path: string; steps: readonly Step[] } | null>(null)
  const { mutate, isPending, variables } = trpc.plugins.revertFile.useMutation({
    onMutate: () => setRefused(null),
    onSuccess: async (result, { path }) => {
      operation.renew()
      if (result.status === 'refused') {
        setRefused({ path, steps: result.steps })
        return
      }
      const key = { orgId: org.id, pluginId: head.pluginId }
      await Promise.all([utils.plugins.byId.invalidate(key), utils.plugins.versions.invalidate(key)])
      notify.done(`${path} is as in version ${base.number} again, in version ${result.version.number}`)
      go({ name: 'plugin', pluginId: head.pluginId })
    },
    onError: notify.failed,
  })
  return {
    busyPath: isPending ? variables.path : null,
    refused,
    revert: (path: string) =>
      mutate({
        orgId: org.id,
        operationId: operation.of(JSON.stringify([head.id, base.id, path])),
        versionId: head.id,
        toVersionId: base.id,
        path,
      }),
  }
}
