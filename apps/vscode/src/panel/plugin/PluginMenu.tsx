import { createOperation } from '@tallyforge/client/operation-id'
import type { Plugin, Version } from '@tallyforge/client/outputs'
import { Menu, MenuItem, MenuSeparator } from '@tallyforge/ui/Menu'
import { Archive, ArchiveRestore, CopyPlus, Ellipsis, ExternalLink, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useAct } from '../act.ts'
import { notify } from '../notices.tsx'
import { useOrg, useRoute } from '../panel.tsx'
import { trpc } from '../trpc.ts'

type PluginMenuProps = {
  plugin: Plugin
  /** The one that is looked at: a copy begins with it, or with the newest one when this is not ready. */
  version: Version | null
  mayWrite: boolean
}

export function PluginMenu({ plugin, version, mayWrite }: PluginMenuProps) {
  const { org } = useOrg()
  const { act } = useAct()
  const { archive, unarchive } = useArchive(plugin)
  const duplicate = useDuplicate()
  const source = version?.state === 'ready' ? version : plugin.readyVersion
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label="Plugin actions"
          className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
        >
          <Ellipsis size={16} aria-hidden />
        </button>
      }
    >
      <MenuItem onSelect={() => act({ name: 'openDashboard', path: `/${org.slug}/plugins/${plugin.id}` })}>
        <ExternalLink size={14} aria-hidden />
        Open in the dashboard
      </MenuItem>
      {mayWrite && (
        <>
          <MenuSeparator />
          <MenuItem onSelect={() => act({ name: 'rename', pluginId: plugin.id })}>
            <Pencil size={14} aria-hidden />
            Rename
          </MenuItem>
          <MenuItem isDisabled={source === null} onSelect={() => source && duplicate(source.id)}>
            <CopyPlus size={14} aria-hidden />
            {source ? `Duplicate version ${source.number}` : 'Duplicate'}
          </MenuItem>
          <MenuSeparator />
          {plugin.state === 'active' ? (
            <MenuItem onSelect={archive}>
              <Archive size={14} aria-hidden />
              Archive
            </MenuItem>
          ) : (
            <MenuItem onSelect={unarchive}>
              <ArchiveRestore size={14} aria-hidden />
              Bring back
            </MenuItem>
          )}
        </>
      )}
    </Menu>
  )
}

/** Makes another plugin of a version's files, and leads to it. */
function useDuplicate() {
  const { org } = useOrg()
  const { go } = useRoute()
  const utils = trpc.useUtils()
  const [operation] = useState(createOperation)
  const { mutate } = trpc.plugins.duplicate.useMutation({
    onSuccess: (copy) => {
      operation.renew()
      void utils.plugins.list.invalidate()
      notify.done(`Made “${copy.title}”`)
      go({ name: 'plugin', pluginId: copy.id })
    },
    onError: notify.failed,
  })
  return (versionId: string) => mutate({ orgId: org.id, operationId: operation.of(versionId), versionId })
}

/** Archives at once and offers to undo; or brings back what was archived. */
function useArchive({ id: pluginId, title }: Plugin) {
  const { org } = useOrg()
  const utils = trpc.useUtils()
  const key = { orgId: org.id, pluginId }
  const refresh = () =>
    void Promise.all([utils.plugins.list.invalidate(), utils.plugins.byId.invalidate(key)])
  const unarchive = trpc.plugins.unarchive.useMutation({
    onSuccess: () => {
      refresh()
      notify.done(`“${title}” is active again`)
    },
    onError: notify.failed,
  })
  const archive = trpc.plugins.archive.useMutation({
    onSuccess: () => {
      refresh()
      notify.done(`Archived “${title}”`, { label: 'Undo', run: () => unarchive.mutate(key) })
    },
    onError: notify.failed,
  })
  return { archive: () => archive.mutate(key), unarchive: () => unarchive.mutate(key) }
}
