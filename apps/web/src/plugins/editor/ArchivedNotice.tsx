import { Button } from '@tallyforge/ui/Button'
import { Archive } from 'lucide-react'
import type { Plugin } from '../../trpc.ts'
import { useArchive } from '../archive.ts'

/** An archived plugin is read and downloaded, and changed by nobody until it is back. */
export function ArchivedNotice({ plugin, mayBringBack }: { plugin: Plugin; mayBringBack: boolean }) {
  const { unarchive, isBusy } = useArchive()
  return (
    <div
      role="status"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b bg-sunken px-4 py-2 text-sm"
    >
      <Archive size={14} className="shrink-0 text-muted" aria-hidden />
      <p className="min-w-0 flex-1">
        This plugin is archived. <span className="text-muted">It can be read and downloaded.</span>
      </p>
      {mayBringBack && (
        <Button size="sm" isBusy={isBusy} onClick={() => unarchive(plugin)}>
          Bring it back
        </Button>
      )}
    </div>
  )
}
