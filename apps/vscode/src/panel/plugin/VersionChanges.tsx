import type { FileDiff, Version, VersionDetail } from '@tallyforge/client/outputs'
import { Button } from '@tallyforge/ui/Button'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { GitCompareArrows } from 'lucide-react'
import { useState } from 'react'
import { useAct } from '../act.ts'
import { LoadError } from '../frame/LoadError.tsx'
import { Picker } from '../Picker.tsx'
import { useOrg } from '../panel.tsx'
import { trpc } from '../trpc.ts'
import { Section } from './Section.tsx'
import type { ShownPlugin } from './shown-plugin.ts'

type VersionChangesProps = { version: VersionDetail; shown: ShownPlugin }

/** What changed since another version, by default the one it was made from. The editor shows the differences. */
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
        {isOpen && <Changes base={base} head={version} />}
      </div>
    </Section>
  )
}

/** What a version is compared with unless told otherwise: what it was made from, else the one before it. */
function beforeOf({ number, parentId }: VersionDetail, others: readonly Version[]): Version | undefined {
  return others.find(({ id }) => id === parentId) ?? others.find((other) => other.number < number)
}

function Changes({ base, head }: { base: Version; head: VersionDetail }) {
  const { org } = useOrg()
  const { act, busy } = useAct()
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
          <li key={file.path}>
            <button
              type="button"
              onClick={() => act({ ...between, path: file.path })}
              className="flex h-6 w-full items-center gap-1.5 px-3 text-left -outline-offset-2 hover:bg-hover"
            >
              <span title={file.path} className="min-w-0 flex-1 truncate font-mono text-xs">
                {file.path}
              </span>
              <Count file={file} />
            </button>
          </li>
        ))}
      </ul>
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
