import { readError } from '@tallyforge/client/errors'
import { Menu, MenuItem, MenuSeparator } from '@tallyforge/ui/Menu'
import { useNavigate } from '@tanstack/react-router'
import { Archive, ArchiveRestore, CopyPlus, Ellipsis, Pencil } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { useOrg } from '../../frame/org.ts'
import { type Plugin, trpc, type Version } from '../../trpc.ts'
import { useArchive } from '../archive.ts'
import { useOperationId } from '../operation-id.ts'
import { RenameDialog } from './RenameDialog.tsx'

export function PluginMenu({ plugin, version }: { plugin: Plugin; version: Version | null }) {
  const [isRenaming, setRenaming] = useState(false)
  const { archive, unarchive } = useArchive()
  const duplicate = useDuplicate()
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            aria-label="Plugin actions"
            className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink pointer-coarse:size-10"
          >
            <Ellipsis size={16} aria-hidden />
          </button>
        }
      >
        <MenuItem onSelect={() => setRenaming(true)}>
          <Pencil size={16} aria-hidden />
          Rename
        </MenuItem>
        <MenuItem isDisabled={version === null} onSelect={() => version && duplicate(version.id)}>
          <CopyPlus size={16} aria-hidden />
          {version ? `Duplicate version ${version.number}` : 'Duplicate'}
        </MenuItem>
        <MenuSeparator />
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
      <RenameDialog plugin={plugin} isOpen={isRenaming} onClose={() => setRenaming(false)} />
    </>
  )
}

function useDuplicate() {
  const { org } = useOrg()
  const navigate = useNavigate()
  const utils = trpc.useUtils()
  const operation = useOperationId()
  const { mutate } = trpc.plugins.duplicate.useMutation({
    onSuccess: (copy) => {
      operation.renew()
      void utils.plugins.list.invalidate()
      toast(`Made “${copy.title}”`)
      void navigate({ to: '/$org/plugins/$plugin', params: { org: org.slug, plugin: copy.id } })
    },
    onError: (error) => {
      toast.error(readError(error).message)
    },
  })
  return (versionId: string) => mutate({ orgId: org.id, operationId: operation.of(versionId), versionId })
}
