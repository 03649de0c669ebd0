import { versionWords } from '@tallyforge/core/plugins/words'
import { Badge } from '@tallyforge/ui/Badge'
import { Link } from '@tanstack/react-router'
import { ChevronRight, CircleCheck } from 'lucide-react'
import { late } from '../../frame/late.tsx'
import { useOrg } from '../../frame/org.ts'
import type { Plugin, Version } from '../../trpc.ts'
import { readyBefore } from '../ready-before.ts'

const PluginMenu = late(() => import('./PluginMenu.tsx').then((menu) => menu.PluginMenu))

type EditorHeaderProps = {
  plugin: Plugin
  version: Version | null
  canWrite: boolean
  onShow: (versionId: string) => void
}

export function EditorHeader({ plugin, version, canWrite, onShow }: EditorHeaderProps) {
  const { org } = useOrg()
  return (
    <header className="flex h-12 shrink-0 items-center gap-1.5 border-b px-4">
      <Link
        to="/$org/plugins"
        params={{ org: org.slug }}
        className="rounded-sm text-muted hover:text-ink max-sm:hidden"
      >
        Plugins
      </Link>
      <ChevronRight size={14} className="shrink-0 text-faint max-sm:hidden" aria-hidden />
      <h1 dir="auto" title={plugin.title} className="min-w-0 truncate font-medium">
        {plugin.title}
      </h1>
      {plugin.state === 'archived' && <Badge>Archived</Badge>}
      <Standing plugin={plugin} onShow={onShow} />
      <span className="flex-1" />
      {canWrite && <PluginMenu plugin={plugin} version={version} />}
    </header>
  )
}

/** A newest version that is not ready, and the one before it that is and can be had all the same. */
function Standing({ plugin, onShow }: { plugin: Plugin; onShow: (versionId: string) => void }) {
  const ready = readyBefore(plugin)
  if (ready === null) return null
  const { latest, id, number } = ready
  return (
    <>
      <Badge tone={latest.state === 'failed' ? 'bad' : 'plain'} className="max-sm:hidden">
        v{latest.number} {versionWords[latest.state].toLowerCase()}
      </Badge>
      <button type="button" onClick={() => onShow(id)} className="flex shrink-0 rounded-sm hover:underline">
        <span className="sr-only">Show </span>
        <Badge tone="good">
          <CircleCheck size={12} aria-hidden />v{number} ready
        </Badge>
      </button>
    </>
  )
}
