import type { Plugin } from '@tallyforge/client/outputs'
import { Menu, MenuItem, MenuSeparator } from '@tallyforge/ui/Menu'
import { Archive, ArchiveRestore, Ellipsis, ExternalLink } from 'lucide-react'
import { useAct } from '../act.ts'
import { notify } from '../notices.tsx'
import { useOrg } from '../panel.tsx'
import { trpc } from '../trpc.ts'

export function PluginMenu({ plugin, mayWrite }: { plugin: Plugin; mayWrite: boolean }) {
  const { org } = useOrg()
  const { act } = useAct()
  const { archive, unarchive } = useArchive(plugin)
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
