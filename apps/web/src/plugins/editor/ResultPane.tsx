import { isFinal } from '@tallyforge/core/plugins/states'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import type { EditorParts } from './EditorLayout.tsx'
import { GateSteps } from './GateSteps.tsx'
import { ResultCard } from './ResultCard.tsx'
import { RunProgress } from './RunProgress.tsx'
import { VersionList } from './VersionList.tsx'

type ResultPaneProps = EditorParts & { onRepair: (prompt: string) => void }

/** The right side: how it goes or how it ended, the checks, and all versions. */
export function ResultPane({ editor, search, show, onRepair }: ResultPaneProps) {
  const { running, live, isWatching, version, versionId, thread } = editor
  const made = thread?.find((generation) => generation.versionId === versionId && versionId !== null)
  const state = live && running && !isFinal(running.state) ? live.state : running?.state
  return (
    <div className="flex flex-col divide-y">
      <div className="min-h-28 p-4">
        {running && <RunProgress generation={running} live={live} canStop={editor.canWrite} />}
        {!isWatching && version && (
          <div className={running ? 'mt-4' : undefined}>
            <ResultCard
              version={version}
              generation={made}
              canWrite={editor.canWrite}
              isLatest={version.id === editor.plugin.data?.latestVersion?.id}
              onRepair={onRepair}
              onRestored={() => show({ version: undefined })}
            />
          </div>
        )}
        {!isWatching && !version && editor.detail.isLoading && <Skeleton className="h-20 w-full" />}
        {!isWatching && versionId === null && !running && <Unversioned editor={editor} />}
      </div>
      <section aria-label="Checks" className="p-4">
        <h2 className="mb-1.5 text-faint text-sm">Checks</h2>
        <GateSteps
          steps={(isWatching ? live?.steps : version?.steps) ?? []}
          isRunning={isWatching && state === 'validating'}
        />
      </section>
      <VersionList editor={editor} search={search} show={show} />
    </div>
  )
}

/** The newest generation ended without a version. */
function Unversioned({ editor }: { editor: EditorParts['editor'] }) {
  const newest = editor.thread?.[0]
  if (!newest) return null
  return (
    <>
      <p className="font-medium">{newest.state === 'canceled' ? 'Stopped' : 'Not ready'}</p>
      <p className="mt-0.5 text-muted">
        {newest.failure ?? 'You paid for what was used until then. No file was complete enough to keep.'}
      </p>
    </>
  )
}
