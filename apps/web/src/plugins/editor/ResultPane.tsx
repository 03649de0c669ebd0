import { failedMessages, stoppedText } from '@tallyforge/core/plugins/outcome'
import { Button } from '@tallyforge/ui/Button'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { CircleSlash, CircleX } from 'lucide-react'
import { useLive } from '../LiveProvider.tsx'
import { Checks } from './Checks.tsx'
import type { EditorParts } from './EditorLayout.tsx'
import { Result } from './Result.tsx'
import { ResultCard, shownErrors } from './ResultCard.tsx'
import { RunProgress } from './RunProgress.tsx'
import { Versions } from './Versions.tsx'

type ResultPaneProps = EditorParts & { onShowAll: () => void }

/** The right side: how it goes or how it ended, the checks, and all versions. */
export function ResultPane({ editor, show, onRepair, onShowAll }: ResultPaneProps) {
  const { running, liveState, isWatching, version, versionId, versionList, thread } = editor
  const made = thread?.find((generation) => generation.versionId === versionId && versionId !== null)
  return (
    <div className="flex flex-col divide-y">
      <div className="min-h-28 p-4">
        {running && <RunProgress generation={running} canStop={editor.mayWrite} />}
        {!isWatching && version && (
          <div className={running ? 'mt-4' : undefined}>
            <ResultCard
              version={version}
              generation={made}
              canWrite={editor.canWrite}
              ready={versionList?.find(({ id }) => id === editor.plugin.data?.readyVersion?.id)}
              onShow={(id) => show({ version: id })}
              isLatest={version.id === editor.plugin.data?.latestVersion?.id}
              onRepair={onRepair}
              onRestored={() => show({ version: undefined })}
              onShowAll={onShowAll}
            />
          </div>
        )}
        {!isWatching && !version && editor.detail.isLoading && <Skeleton className="h-20 w-full" />}
        {!isWatching && versionId === null && !running && (
          <Unversioned editor={editor} onTryAgain={editor.canWrite ? onRepair : undefined} />
        )}
      </div>
      {isWatching ? (
        <LiveChecks editor={editor} isRunning={(liveState ?? running?.state) === 'validating'} />
      ) : (
        <Checks
          // Of each version anew.
          key={versionId}
          steps={version?.steps ?? []}
          isRunning={false}
          isReady={version?.state === 'ready'}
          isBrief={version !== null && failedMessages(version).length <= shownErrors}
        />
      )}
      <Versions editor={editor} show={show} />
    </div>
  )
}

function LiveChecks({ editor, isRunning }: { editor: EditorParts['editor']; isRunning: boolean }) {
  const steps = useLive((all) => (editor.newest ? all[editor.newest.id]?.steps : undefined))
  return <Checks steps={steps ?? []} isRunning={isRunning} isReady={false} isBrief={false} />
}

type UnversionedProps = {
  editor: EditorParts['editor']
  /** Absent for who may not ask. */
  onTryAgain: ((prompt: string) => void) | undefined
}

/** The newest generation ended without a version: the same words can be sent again. */
function Unversioned({ editor, onTryAgain }: UnversionedProps) {
  const newest = editor.thread?.[0]
  if (!newest) return null
  const isStopped = newest.state === 'canceled'
  return (
    <Result
      icon={
        isStopped ? (
          <CircleSlash size={16} className="text-muted" aria-hidden />
        ) : (
          <CircleX size={16} className="text-bad" aria-hidden />
        )
      }
      title={isStopped ? 'Stopped' : 'Not ready'}
      text={newest.failure ?? `${stoppedText(newest)} No file was complete enough to keep.`}
    >
      {onTryAgain && (
        <Button className="mt-3 w-full" onClick={() => onTryAgain(newest.prompt)}>
          Try again
        </Button>
      )}
    </Result>
  )
}
