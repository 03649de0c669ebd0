import type { Plugin, VersionDetail } from '@tallyforge/client/outputs'
import { countText } from '@tallyforge/core/format'
import { cn } from '@tallyforge/ui/cn'
import { IconButton } from '@tallyforge/ui/IconButton'
import { FileCode, Lock, LockOpen } from 'lucide-react'
import { useAct } from '../act.ts'
import { notify } from '../notices.tsx'
import { trpc } from '../trpc.ts'
import { FileRow } from './FileRow.tsx'
import { Section } from './Section.tsx'
import type { ShownPlugin } from './shown-plugin.ts'

/** The files of a version: each opens in the editor, to be read, and can be locked against what models write. */
export function VersionFiles({ version, shown }: { version: VersionDetail; shown: ShownPlugin }) {
  const { act } = useAct()
  const locks = useLocks(shown)
  return (
    <Section title="Files" aside={countText(version.files.length, 'file')}>
      <ul aria-label="Files" className="-mx-3">
        {version.files.map(({ path, text }) => (
          <FileRow
            key={path}
            path={path}
            icon={<FileCode size={12} className="shrink-0 text-muted" aria-hidden />}
            onOpen={() => act({ name: 'openFile', versionId: version.id, path })}
            action={<LockButton path={path} locks={locks} canWrite={shown.canWrite} />}
          >
            <span className="shrink-0 text-faint text-xs tabular-nums">
              {countText(text.split('\n').length, 'line')}
            </span>
          </FileRow>
        ))}
      </ul>
    </Section>
  )
}

type LockButtonProps = { path: string; locks: ReturnType<typeof useLocks>; canWrite: boolean }

/** Whether models may change a file, and the way to say otherwise. */
function LockButton({ path, locks, canWrite }: LockButtonProps) {
  const isLocked = locks.paths.includes(path)
  if (!canWrite) {
    return isLocked ? (
      <Lock size={12} role="img" aria-label="Locked" className="mr-3 shrink-0 text-muted" />
    ) : null
  }
  const Icon = isLocked ? Lock : LockOpen
  return (
    <IconButton
      label={isLocked ? `Unlock ${path}` : `Lock ${path}`}
      disabled={locks.busyPath === path}
      onClick={() => locks.change(path, !isLocked)}
      className={cn(
        'mr-2 size-5',
        !isLocked &&
          'opacity-0 focus-visible:opacity-100 group-focus-within/file:opacity-100 group-hover/file:opacity-100',
      )}
    >
      <Icon size={12} aria-hidden />
    </IconButton>
  )
}

function useLocks({ key, plugin }: ShownPlugin) {
  const utils = trpc.useUtils()
  const options = {
    onSuccess: (changed: Plugin) => utils.plugins.byId.setData(key, changed),
    onError: notify.failed,
  }
  const lock = trpc.plugins.lockFile.useMutation(options)
  const unlock = trpc.plugins.unlockFile.useMutation(options)
  const busy = [lock, unlock].find(({ isPending }) => isPending)
  return {
    paths: plugin.data?.lockedPaths ?? [],
    busyPath: busy?.variables?.path ?? null,
    change: (path: string, isLocked: boolean) => (isLocked ? lock : unlock).mutate({ ...key, path }),
  }
}
