import type { FileDiff, Version, VersionDetail } from '@tallyforge/client/outputs'
import { Button } from '@tallyforge/ui/Button'
import { Callout } from '@tallyforge/ui/Callout'
import { GateSteps } from '@tallyforge/ui/GateSteps'
import { IconButton } from '@tallyforge/ui/IconButton'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { GitCompareArrows, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useAct } from '../act.ts'
import { LoadError } from '../frame/LoadError.tsx'
import { Picker } from '../Picker.tsx'
import { useOrg } from '../panel.tsx'
import { trpc } from '../trpc.ts'
import { FileRow } from './FileRow.tsx'
import { useRevert } from './revert.ts'
import { Section } from './Section.tsx'
import type { ShownPlugin } from './shown-plugin.ts'

type VersionChangesProps = { version: VersionDetail; shown: ShownPlugin }

/** What changed since another version, by default the one it was made from. The editor shows the differences; here a file can be taken back. */
export function VersionChanges({ version, shown }: VersionChangesProps) {
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const others = (shown.versionList ?? []).filter(({ id }) => id !== version.id)
  const base = others.find(({ id }) => id === chosen) ?? beforeOf(version, others)
  if (base === undefined) return null
  return (
    <Section title="Changes" aside={`since v${base.number}`} isOpen={isOpen} onToggle={setOpen}>
      <div className="flex flex-col gap-2">
        <Picker
          label="Compare with version"
          value={base.id}
          options={others.map(({ id, number, label }) => ({ value: id, label: `v${number} · ${label}` }))}
          onChange={setChosen}
        />
        {isOpen && <Changes key={base.id} base={base} head={version} canRevert={shown.canWrite} />}
      </div>
    </Section>
  )
}

/** What a version is compared with unless told otherwise: what it was made from, else the one before it. */
function beforeOf({ number, parentId }: VersionDetail, others: readonly Version[]): Version | undefined {
  return others.find(({ id }) => id === parentId) ?? others.find((other) => other.number < number)
}

type ChangesProps = { base: Version; head: VersionDetail; canRevert: boolean }

function Changes({ base, head, canRevert }: ChangesProps) {
  const { org } = useOrg()
  const { act, busy } = useAct()
  const { busyPath, refused, revert } = useRevert({ base, head })
  const diff = trpc.plugins.diff.useQuery(
    { orgId: org.id, fromVersionId: base.id, toVersionId: head.id },
    { staleTime: Number.POSITIVE_INFINITY },
  )
  const between = { name: 'diff', pluginId: head.pluginId, base: base.id, head: head.id } as const
  if (diff.isError) {
    return <LoadError error={diff.error} what="the changes" onRetry={() => void diff.refetch()} />
  }
  if (!diff.data) return <Skeleton className="h-12 w-full" />
  if (diff.data.length === 0) return <p className="text-muted">The two versions are the same.</p>
  return (
    <>
      <ul aria-label="Changed files" className="-mx-3">
        {diff.data.map((file) => (
          <FileRow
            key={file.path}
            path={file.path}
            onOpen={() => act({ ...between, path: file.path })}
            action={
              canRevert && (
                <IconButton
                  label={`Revert ${file.path} to version ${base.number}`}
                  disabled={busyPath !== null}
                  aria-busy={busyPath === file.path || undefined}
                  onClick={() => revert(file.path)}
                  className="mr-2 size-5"
                >
                  <Undo2
                    size={12}
                    className={busyPath === file.path ? 'animate-pulse' : undefined}
                    aria-hidden
                  />
                </IconButton>
              )
            }
          >
            <Count file={file} />
          </FileRow>
        ))}
      </ul>
      {refused && (
        <Callout tone="bad" role="alert" title="It does not build this way">
          <p className="mb-2">
            With {refused.path} as in version {base.number} the checks fail, so no version was made.
          </p>
          <GateSteps steps={refused.steps} />
        </Callout>
      )}
      <Button size="sm" className="w-full" isBusy={busy === 'diff'} onClick={() => act(between)}>
        <GitCompareArrows size={14} aria-hidden />
        Compare in the editor
      </Button>
    </>
  )
}

const statusWords: Record<FileDiff['status'], string> = { added: 'new', deleted: 'deleted', changed: '' }

function Count({ file: { status, addedLines, deletedLines } }: { file: FileDiff }) {
  return (
    <span className="flex shrink-0 gap-1.5 text-xs tabular-nums">
      <span className="text-muted">{statusWords[status]}</span>
      <span className="text-good">
        +{addedLines}
        <span className="sr-only"> lines added</span>
      </span>
      <span className="text-bad">
        −{deletedLines}
        <span className="sr-only"> lines deleted</span>
      </span>
    </span>
  )
}
