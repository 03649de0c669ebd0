import { Menu, MenuItem } from '@tallyforge/ui/Menu'
import { Archive, ArchiveRestore, Ellipsis } from 'lucide-react'
import type { Plugin } from '../trpc.ts'
import { useArchive } from './archive.ts'

export function PluginRowMenu({ plugin }: { plugin: Plugin }) {
  const { archive, unarchive, isBusy } = useArchive()
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Actions for ${plugin.title}`}
          disabled={isBusy}
          className="relative inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-selected hover:text-ink pointer-coarse:size-10"
        >
          <Ellipsis size={16} aria-hidden />
        </button>
      }
    >
      {plugin.state === 'active' ? (
        <MenuItem onSelect={() => archive(plugin)}>
          <Archive size={16} aria-hidden />
          Archive
        </MenuItem>
      ) : (
        <MenuItem onSelect={() => unarchive(plugin)}>
          <ArchiveRestore size={16} aria-hidden />
          Bring back
        </MenuItem>
      )}
    </Menu>
  )
}
