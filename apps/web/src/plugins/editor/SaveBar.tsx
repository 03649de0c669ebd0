import { readError } from '@tallyforge/client/errors'
import { Button } from '@tallyforge/ui/Button'
import { Callout } from '@tallyforge/ui/Callout'
import { toast } from 'sonner'
import { countText } from '../../format.ts'
import { useOrg } from '../../frame/org.ts'
import { trpc, type VersionDetail } from '../../trpc.ts'
import { useOperationId } from '../operation-id.ts'
import { GateSteps } from './GateSteps.tsx'

type SaveBarProps = {
  version: VersionDetail
  changes: Readonly<Record<string, string>>
  onDiscard: () => void
  onSaved: () => void
}

/** Hand edits wait here for the gate, which makes a version of them or says why not. */
export function SaveBar({ version, changes, onDiscard, onSaved }: SaveBarProps) {
  const { org } = useOrg()
  const utils = trpc.useUtils()
  const operation = useOperationId()
  const save = trpc.plugins.save.useMutation({
    onSuccess: async (result) => {
      operation.renew()
      if (result.status === 'refused') return
      const key = { orgId: org.id, pluginId: version.pluginId }
      await Promise.all([utils.plugins.byId.invalidate(key), utils.plugins.versions.invalidate(key)])
      toast(`Saved as version ${result.version.number}`)
      onSaved()
    },
  })
  const edits = Object.entries(changes).map(([path, text]) => ({ path, text }))
  const refused = save.data?.status === 'refused' ? save.data.steps : null
  return (
    <div className="relative max-h-[50%] shrink-0 overflow-y-auto border-t bg-sunken px-4 py-2.5">
      {save.error && (
        <Callout tone="bad" role="alert" title="It was not saved" className="mb-2.5">
          {readError(save.error).message}
        </Callout>
      )}
      {refused && (
        <div role="alert" className="mb-2.5">
          <p className="font-medium">It does not build, so no version was made. Your edits are still here.</p>
          <GateSteps steps={refused} className="mt-2" />
        </div>
      )}
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 truncate text-muted text-sm" role="status">
          {save.isPending
            ? 'Checking that it builds…'
            : `${countText(edits.length, 'edited file')}, free to save`}
        </p>
        <Button size="sm" variant="ghost" disabled={save.isPending} onClick={onDiscard}>
          Discard
        </Button>
        <Button
          size="sm"
          variant="primary"
          isBusy={save.isPending}
          onClick={() =>
            save.mutate({
              orgId: org.id,
              operationId: operation.of(JSON.stringify([version.id, edits])),
              versionId: version.id,
              changes: edits,
            })
          }
        >
          Save as new version
        </Button>
      </div>
    </div>
  )
}
