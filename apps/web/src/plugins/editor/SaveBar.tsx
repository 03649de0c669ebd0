import { readError } from '@tallyforge/client/errors'
import { countText } from '@tallyforge/core/format'
import { Button } from '@tallyforge/ui/Button'
import { Callout } from '@tallyforge/ui/Callout'
import { GateSteps } from '@tallyforge/ui/GateSteps'
import { Kbd } from '@tallyforge/ui/Kbd'
import { useEffect, useRef } from 'react'
import { toast } from 'sonner'
import { useOrg } from '../../frame/org.ts'
import { trpc, type VersionDetail } from '../../trpc.ts'
import { useOperationId } from '../operation-id.ts'

type SaveBarProps = {
  version: VersionDetail
  changes: Readonly<Record<string, string>>
  /** They are from before the page was loaded. */
  isRestored: boolean
  /** The number of the newest version, when that is not the edited one. */
  newerNumber: number | null
  onDiscard: () => void
  onSaved: () => void
}

/** Hand edits wait here for the gate, which makes a version of them or says why not. */
export function SaveBar(props: SaveBarProps) {
  const { version, changes, isRestored, newerNumber, onDiscard, onSaved } = props
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
  const send = () => {
    if (save.isPending) return
    save.mutate({
      orgId: org.id,
      operationId: operation.of(JSON.stringify([version.id, edits])),
      versionId: version.id,
      changes: edits,
    })
  }
  useSaveKey(send)
  const kept = isRestored ? ' from before, kept on this device' : ', free to save'
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
      <div className="flex flex-wrap items-center justify-end gap-2">
        <div className="min-w-0 flex-1 basis-52 text-sm">
          <p className="text-muted" role="status">
            {save.isPending ? 'Checking that it builds…' : countText(edits.length, 'edited file') + kept}
          </p>
          {newerNumber !== null && (
            <p role="status">
              Version {newerNumber} is newer. Saving goes on from version {version.number}, without its
              changes.
            </p>
          )}
        </div>
        <div className="flex items-center gap-2">
          <Button size="sm" variant="ghost" disabled={save.isPending} onClick={onDiscard}>
            Discard
          </Button>
          <Button size="sm" variant="primary" isBusy={save.isPending} onClick={send}>
            Save as new version
          </Button>
          <Kbd keys="Mod+S" className="max-md:hidden" />
        </div>
      </div>
    </div>
  )
}

/** Ctrl-S or Cmd-S, wherever the person is on the page. */
function useSaveKey(save: () => void) {
  const latest = useRef(save)
  latest.current = save
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isMod = (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey
      if (!isMod || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      latest.current()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}
