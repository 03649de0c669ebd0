import { readError } from '@tallyforge/client/errors'
import type { LiveGeneration } from '@tallyforge/client/live'
import { Button } from '@tallyforge/ui/Button'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { useStickyEnd } from '@tallyforge/ui/sticky-end'
import { LoadError } from '../frame/LoadError.tsx'
import { ViewHeader } from '../frame/ViewHeader.tsx'
import { useLive } from '../live/LiveProvider.tsx'
import { useRoute } from '../panel.tsx'
import { Announcements } from './Announcements.tsx'
import { Composer } from './Composer.tsx'
import { useNextPrompt } from './next-prompt.ts'
import { PluginMenu } from './PluginMenu.tsx'
import { Result } from './Result.tsx'
import { RunProgress } from './RunProgress.tsx'
import { type ShownPlugin, useAgreement, useShownPlugin } from './shown-plugin.ts'
import { Thread } from './Thread.tsx'
import { Versions } from './Versions.tsx'

type PluginViewProps = { pluginId: string; versionId: string | undefined }

/** One plugin: what was asked and answered, how it goes or what came of it, and the place for the next prompt. */
export function PluginView({ pluginId, versionId }: PluginViewProps) {
  const shown = useShownPlugin(pluginId, versionId)
  useAgreement(shown)
  const { plugin } = shown
  if (!plugin.data) {
    return (
      <>
        <ViewHeader title="Plugin" />
        <main className="p-3">{plugin.isError ? <Missing shown={shown} /> : <ViewSkeleton />}</main>
      </>
    )
  }
  return (
    <>
      <ViewHeader title={plugin.data.title}>
        <PluginMenu plugin={plugin.data} version={shown.version} mayWrite={shown.mayWrite} />
      </ViewHeader>
      <Announcements shown={shown} />
      <Work shown={shown} />
    </>
  )
}

function Work({ shown }: { shown: ShownPlugin }) {
  const { plugin, thread, running, version, isOlder, newest } = shown
  const { go } = useRoute()
  const next = useNextPrompt(shown)
  const spoken = useLive((all) => (newest ? all[newest.id]?.prose.length : undefined))
  const written = useLive((all) => (newest ? writtenLines(all[newest.id]) : 0))
  const box = useStickyEnd(newest?.id, [spoken, written, newest?.state])
  const show = (id: string | undefined) =>
    go({ name: 'plugin', pluginId: shown.key.pluginId, ...(id ? { versionId: id } : {}) })
  return (
    <>
      <main ref={box} className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        {plugin.data?.state === 'archived' && (
          <p className="border-b bg-sunken px-3 py-1.5 text-muted">
            This plugin is archived: it can only be read.
          </p>
        )}
        {isOlder && version ? (
          <p className="flex items-center justify-between gap-2 border-b bg-sunken px-3 py-1.5">
            <span>Older version {version.number}</span>
            <Button size="sm" onClick={() => show(undefined)}>
              Show newest
            </Button>
          </p>
        ) : (
          <Thread shown={shown} onShow={show} />
        )}
        {running && !isOlder && <RunProgress generation={running} canStop={shown.mayWrite} />}
        {shown.versionId !== null && <Result shown={shown} onRepair={next.repair} />}
        {shown.versionId === null && !running && thread && <Unversioned shown={shown} onAgain={next.again} />}
        <Versions shown={shown} onShow={show} />
      </main>
      {shown.canWrite && <Composer shown={shown} next={next} />}
    </>
  )
}

/** How much of the progress there is to see: each of these makes it longer. */
const writtenLines = (live: LiveGeneration | undefined) =>
  live === undefined ? 0 : live.files.length + live.steps.length + (live.openPath === null ? 0 : 1)

/** The newest generation ended without a version. */
function Unversioned({ shown, onAgain }: { shown: ShownPlugin; onAgain: (prompt: string) => void }) {
  const { newest, canWrite } = shown
  if (!newest || newest.versionId !== null) return null
  return (
    <section aria-label="Result" className="border-t px-3 py-3">
      <h2 className="font-semibold">{newest.state === 'canceled' ? 'Stopped' : 'Not ready'}</h2>
      <p className="mt-0.5 text-muted">{newest.failure ?? 'No file was complete enough to keep.'}</p>
      {canWrite && (
        <Button size="sm" className="mt-2 w-full" onClick={() => onAgain(newest.prompt)}>
          Try again
        </Button>
      )}
    </section>
  )
}

function Missing({ shown }: { shown: ShownPlugin }) {
  const { go } = useRoute()
  const { error, refetch } = shown.plugin
  const { kind } = readError(error)
  if (kind !== 'not_found' && kind !== 'invalid_input') {
    return <LoadError error={error} what="the plugin" onRetry={() => void refetch()} />
  }
  return (
    <div className="flex flex-col gap-3">
      <p>This plugin is not here. Someone may have removed it, or it belongs to another organization.</p>
      <Button onClick={() => go({ name: 'home' })}>Show the plugins</Button>
    </div>
  )
}

function ViewSkeleton() {
  return (
    <div className="flex flex-col gap-3" aria-busy="true">
      <Skeleton className="h-14 w-full" />
      <Skeleton className="h-4 w-3/4" />
      <Skeleton className="h-24 w-full" />
    </div>
  )
}
