import type { Version } from '@tallyforge/client/outputs'
import { countText } from '@tallyforge/core/format'
import { originWords } from '@tallyforge/core/plugins/words'
import { Button } from '@tallyforge/ui/Button'
import { cn } from '@tallyforge/ui/cn'
import { RelativeTime } from '@tallyforge/ui/RelativeTime'
import { VersionBadge } from '@tallyforge/ui/StateBadge'
import { LoadError } from '../frame/LoadError.tsx'
import { useOrg } from '../panel.tsx'
import { Section } from './Section.tsx'
import type { ShownPlugin } from './shown-plugin.ts'

type VersionsProps = { shown: ShownPlugin; onShow: (versionId: string | undefined) => void }

/** All versions, newest first. One that is chosen is shown in place of the newest. */
export function Versions({ shown, onShow }: VersionsProps) {
  const { versions, versionList, versionId, plugin } = shown
  const latestId = plugin.data?.latestVersion?.id
  if (versions.isError && !versionList) {
    return (
      <div className="border-t p-3">
        <LoadError error={versions.error} what="the versions" onRetry={() => void versions.refetch()} />
      </div>
    )
  }
  if (!versionList || versionList.length === 0) return null
  const isMore = versions.hasNextPage
  return (
    <Section
      title="Versions"
      aside={isMore ? `${versionList.length}+ versions` : countText(versionList.length, 'version')}
    >
      <ol aria-label="Versions" className="-mx-3">
        {versionList.map((version) => (
          <VersionRow
            key={version.id}
            version={version}
            isShown={version.id === versionId}
            onShow={() => onShow(version.id === latestId ? undefined : version.id)}
          />
        ))}
      </ol>
      {isMore && (
        <Button
          size="sm"
          className="mt-2 w-full"
          isBusy={versions.isFetchingNextPage}
          onClick={() => void versions.fetchNextPage()}
        >
          Show older versions
        </Button>
      )}
    </Section>
  )
}

type VersionRowProps = { version: Version; isShown: boolean; onShow: () => void }

function VersionRow({ version, isShown, onShow }: VersionRowProps) {
  const { host } = useOrg()
  const { number, label, state, origin, createdAt } = version
  const isInstalled = host.installed[version.pluginId]?.versionId === version.id
  return (
    <li>
      <button
        type="button"
        aria-current={isShown ? 'true' : undefined}
        onClick={onShow}
        className={cn(
          'block w-full px-3 py-1.5 text-left -outline-offset-2 hover:bg-hover',
          isShown && 'bg-selected',
        )}
      >
        <span className="flex items-center gap-2">
          <span className="tabular-nums">v{number}</span>
          <VersionBadge state={state} />
          {isInstalled && <span className="text-good text-xs">Installed</span>}
          <span className="flex-1" />
          <RelativeTime
            at={createdAt}
            className={cn('whitespace-nowrap text-xs', isShown ? 'text-ink' : 'text-faint')}
          />
        </span>
        <span
          className={cn('mt-0.5 block truncate text-xs', isShown ? 'text-ink' : 'text-muted')}
          title={label}
        >
          {originWords[origin]} · <bdi>{label}</bdi>
        </span>
      </button>
    </li>
  )
}
