import { tokensText } from '@tallyforge/core/format'
import { IconButton } from '@tallyforge/ui/IconButton'
import { List, ListRow } from '@tallyforge/ui/List'
import { RelativeTime } from '@tallyforge/ui/RelativeTime'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useOrg } from '../frame/org.ts'
import { trpc } from '../trpc.ts'
import { useLastSeen } from './last-seen.ts'
import { endedInput } from './list-input.ts'
import { GenerationBadge } from './StateBadge.tsx'

/** Generations of this person that ended since they last looked. */
export function EndedWhileAway() {
  const { org } = useOrg()
  const { since, forget } = useLastSeen(org.id)
  const { data: ended } = trpc.plugins.ended.useQuery(endedInput(org.id, since ?? ''), {
    enabled: since !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (since === null || !ended || ended.length === 0) return null
  return (
    <section aria-label="Done while you were away" className="mt-6">
      <div className="flex items-center justify-between">
        <h2 className="font-medium">Done while you were away</h2>
        <IconButton label="Hide this list" onClick={forget}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      <List className="mt-1.5">
        {ended.map((generation) => (
          <ListRow key={generation.id} className="hover:bg-hover">
            <Link
              to="/$org/plugins/$plugin"
              params={{ org: org.slug, plugin: generation.pluginId }}
              search={{ version: generation.versionId ?? undefined }}
              dir="auto"
              title={generation.title}
              className="min-w-0 flex-1 truncate text-left font-medium -outline-offset-2 after:absolute after:inset-0"
            >
              {generation.title}
            </Link>
            {generation.versionNumber !== null && (
              <span className="figures text-muted text-sm">v{generation.versionNumber}</span>
            )}
            <GenerationBadge id={generation.id} state={generation.state} />
            <span className="w-28 text-right text-muted text-sm tabular-nums max-sm:hidden">
              {generation.charged === 0n ? 'Not charged' : tokensText(generation.charged)}
            </span>
            <RelativeTime
              at={generation.finishedAt}
              className="w-28 text-right text-faint text-sm max-sm:hidden"
            />
          </ListRow>
        ))}
      </List>
    </section>
  )
}
