import { createOperation } from '@tallyforge/client/operation-id'
import type { Version } from '@tallyforge/client/outputs'
import { Button } from '@tallyforge/ui/Button'
import { History } from 'lucide-react'
import { useState } from 'react'
import { notify } from '../notices.tsx'
import { useOrg, useRoute } from '../panel.tsx'
import { trpc } from '../trpc.ts'

/** Makes the files of an older version the newest one again. Nothing is overwritten. */
export function RestoreButton({ version }: { version: Pick<Version, 'id' | 'pluginId' | 'number'> }) {
  const { org } = useOrg()
  const { go } = useRoute()
  const utils = trpc.useUtils()
  const [operation] = useState(createOperation)
  const { pluginId } = version
  const restore = trpc.plugins.restore.useMutation({
    onSuccess: async (made) => {
      operation.renew()
      const key = { orgId: org.id, pluginId }
      await Promise.all([utils.plugins.byId.invalidate(key), utils.plugins.versions.invalidate(key)])
      notify.done(`Version ${version.number} is back as version ${made.number}`)
      go({ name: 'plugin', pluginId })
    },
    onError: notify.failed,
  })
  return (
    <Button
      size="sm"
      className="mt-2 w-full"
      isBusy={restore.isPending}
      onClick={() =>
        restore.mutate({ orgId: org.id, operationId: operation.of(version.id), versionId: version.id })
      }
    >
      <History size={14} aria-hidden />
      Restore as new version
    </Button>
  )
}
