import type { Plugin } from '@tallyforge/client/outputs'
import { clockText } from '@tallyforge/core/format'
import { useNow } from '@tallyforge/ui/now'
import { Progress } from '@tallyforge/ui/Progress'
import { RelativeTime } from '@tallyforge/ui/RelativeTime'
import { VersionBadge } from '@tallyforge/ui/StateBadge'
import { LiveBadge } from '../live/LiveBadge.tsx'
import { useOrg, useRoute } from '../panel.tsx'

/** One plugin on two or three lines; the whole row leads to it. */
export function PluginRow({ plugin }: { plugin: Plugin }) {
  const { go } = useRoute()
  const { host } = useOrg()
  const { latestVersion, readyVersion, activeGeneration } = plugin
  const installed = host.installed[plugin.id]
  return (
    <li className="relative px-3 py-2 hover:bg-hover">
      <button
        type="button"
        onClick={() => go({ name: 'plugin', pluginId: plugin.id })}
        className="block w-full text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
      >
        <bdi className="block truncate">{plugin.title}</bdi>
      </button>
      <span className="block truncate text-muted text-xs">
        <bdi>{plugin.description || 'No description yet'}</bdi>
      </span>
      {activeGeneration ? (
        <Running generation={activeGeneration} />
      ) : (
        <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-faint text-xs">
          {latestVersion ? (
            <>
              <VersionBadge state={latestVersion.state} />
              <span className="tabular-nums">v{latestVersion.number}</span>
            </>
          ) : (
            <span>No version</span>
          )}
          {latestVersion?.state !== 'ready' && readyVersion && (
            <span className="tabular-nums">v{readyVersion.number} is ready</span>
          )}
          {installed && <span className="text-good">Installed v{installed.number}</span>}
          <span className="flex-1" />
          <RelativeTime at={plugin.updatedAt} />
        </span>
      )}
    </li>
  )
}

function Running({ generation }: { generation: NonNullable<Plugin['activeGeneration']> }) {
  const now = useNow(1_000)
  const startedAt = generation.startedAt ?? generation.createdAt
  return (
    <span className="mt-1 flex flex-col gap-1.5">
      <span className="flex items-center justify-between gap-2">
        <LiveBadge id={generation.id} state={generation.state} />
        <span className="text-faint text-xs tabular-nums">
          {clockText(now.getTime() - startedAt.getTime())}
        </span>
      </span>
      <Progress label="Progress" value={null} />
    </span>
  )
}
