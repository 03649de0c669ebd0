import { readError } from '@tallyforge/client/errors'
import { Button } from '@tallyforge/ui/Button'
import { History } from 'lucide-react'
import { toast } from 'sonner'
import { useOrg } from '../../frame/org.ts'
import { trpc, type Version } from '../../trpc.ts'
import { useOperationId } from '../operation-id.ts'

/** Makes the files of an older version the newest one again. Nothing is overwritten. */
export function RestoreButton({ version, onRestored }: { version: Version; onRestored: () => void }) {
  const { org } = useOrg()
  const utils = trpc.useUtils()
  const operation = useOperationId()
  const restore = trpc.plugins.restore.useMutation({
    onSuccess: async (made) => {
      operation.renew()
      const key = { orgId: org.id, pluginId: version.pluginId }
      await Promise.all([utils.plugins.byId.invalidate(key), utils.plugins.versions.invalidate(key)])
      toast(`Version ${version.number} is back as version ${made.number}`)
      onRestored()
    },
    onError: (error) => {
      toast.error(readError(error).message)
    },
  })
  return (
    <Button
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
