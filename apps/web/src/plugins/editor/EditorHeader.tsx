import { Badge } from '@tallyforge/ui/Badge'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useOrg } from '../../frame/org.ts'
import type { Plugin, Version } from '../../trpc.ts'
import { PluginMenu } from './PluginMenu.tsx'

type EditorHeaderProps = { plugin: Plugin; version: Version | null; canWrite: boolean }

export function EditorHeader({ plugin, version, canWrite }: EditorHeaderProps) {
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
      <span className="flex-1" />
      {canWrite && <PluginMenu plugin={plugin} version={version} />}
    </header>
  )
}
