import { cn } from '@tallyforge/ui/cn'
import { RelativeTime } from '@tallyforge/ui/RelativeTime'
import { VersionBadge } from '@tallyforge/ui/StateBadge'
import { Td } from '@tallyforge/ui/Table'
import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { late } from '../frame/late.tsx'
import { useOrg } from '../frame/org.ts'
import type { Plugin } from '../trpc.ts'
import { RunningState } from './RunningState.tsx'
import { readyBefore } from './ready-before.ts'

const PluginRowMenu = late(() => import('./PluginRowMenu.tsx').then((menu) => menu.PluginRowMenu))

/** One plugin; the whole row leads to it. On narrow screens the columns fold under the title. */
export function PluginRow({ plugin }: { plugin: Plugin }) {
  const { org, may } = useOrg()
  const version = plugin.latestVersion
  return (
    <tr className="group relative transition-colors hover:bg-hover">
      <Td className="h-15 max-w-0 py-2 pl-2">
        <Link
          to="/$org/plugins/$plugin"
          params={{ org: org.slug, plugin: plugin.id }}
          dir="auto"
          title={[plugin.title, plugin.description].filter(Boolean).join('\n')}
          className="block truncate text-left font-medium -outline-offset-2 after:absolute after:inset-0"
        >
          {plugin.title}
        </Link>
        <span dir="auto" className="block truncate text-left text-muted">
          {plugin.description || 'No description yet'}
        </span>
        <span className="mt-1.5 flex items-center gap-2 text-faint text-xs md:hidden">
          <State plugin={plugin} />
          {version && <span className="figures">v{version.number}</span>}
          <ReadyBefore plugin={plugin} />
          <RelativeTime at={plugin.updatedAt} />
        </span>
      </Td>
      <Td className="max-md:hidden">
        <State plugin={plugin} />
      </Td>
      <Td className="whitespace-nowrap text-muted max-md:hidden">
        <span className="figures">{version ? `v${version.number}` : '–'}</span>
        <ReadyBefore plugin={plugin} className="ml-2" />
      </Td>
      <Td className="whitespace-nowrap text-muted max-md:hidden">
        <RelativeTime at={plugin.updatedAt} />
      </Td>
      <Td className="w-12 pr-2 text-right">{may('plugins.write') && <PluginRowMenu plugin={plugin} />}</Td>
    </tr>
  )
}

/** `v4 ready`, beside a newest version that is not. */
function ReadyBefore({ plugin, className }: { plugin: Plugin; className?: string }) {
  const ready = readyBefore(plugin)
  if (ready === null) return null
  return (
    <span className={cn('inline-flex items-center gap-1 whitespace-nowrap text-good text-xs', className)}>
      <CircleCheck size={12} aria-hidden />
      <span>
        <span className="figures">v{ready.number}</span> ready
      </span>
    </span>
  )
}

function State({ plugin }: { plugin: Plugin }) {
  const { activeGeneration, latestVersion } = plugin
  if (activeGeneration) return <RunningState generation={activeGeneration} />
  if (latestVersion) return <VersionBadge state={latestVersion.state} />
  return <span className="text-faint">No version</span>
}
