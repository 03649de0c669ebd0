import type { Generation } from '@tallyforge/client/outputs'
import { isFinal } from '@tallyforge/core/plugins/states'
import { chargeText } from '@tallyforge/core/tokens/words'
import { Button } from '@tallyforge/ui/Button'
import { LongText } from '@tallyforge/ui/LongText'
import { Prose } from '@tallyforge/ui/Prose'
import { RelativeTime } from '@tallyforge/ui/RelativeTime'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { Lock } from 'lucide-react'
import { LoadError } from '../frame/LoadError.tsx'
import { LiveBadge } from '../live/LiveBadge.tsx'
import { useLive } from '../live/LiveProvider.tsx'
import { useOrg, useRoute } from '../panel.tsx'
import type { ShownPlugin } from './shown-plugin.ts'

type ThreadProps = { shown: ShownPlugin; onShow: (versionId: string) => void }

/** The prompts and what the model said to them, oldest first. */
export function Thread({ shown: { generations, thread, newest }, onShow }: ThreadProps) {
  return (
    <section aria-label="Prompts" className="px-3 py-3">
      {generations.hasNextPage && (
        <div className="mb-3 flex justify-center">
          <Button
            size="sm"
            isBusy={generations.isFetchingNextPage}
            onClick={() => void generations.fetchNextPage()}
          >
            Show earlier prompts
          </Button>
        </div>
      )}
      {generations.isError && !thread && (
        <LoadError error={generations.error} what="the prompts" onRetry={() => void generations.refetch()} />
      )}
      {!thread && !generations.isError && <Skeleton className="h-20 w-full" />}
      {thread?.length === 0 && (
        <p className="text-muted">
          No prompts here: this plugin began as a copy. Say below what should change.
        </p>
      )}
      <ol className="flex flex-col gap-4">
        {thread?.toReversed().map((generation) => (
          <ThreadItem
            key={generation.id}
            generation={generation}
            isNewest={generation.id === newest?.id}
            onShow={onShow}
          />
        ))}
      </ol>
    </section>
  )
}

type ThreadItemProps = {
  generation: Generation
  /** The stream may know more of it. */
  isNewest: boolean
  onShow: (versionId: string) => void
}

/** One prompt with its answer: the model's words, then the version, its state and its receipt. */
function ThreadItem({ generation, isNewest, onShow }: ThreadItemProps) {
  const { id, state, versionId, versionNumber, cost, holdId } = generation
  const { user } = useOrg()
  const { go } = useRoute()
  const isLive = isNewest && !isFinal(state)
  const prose = useLive((all) => (isLive ? all[id]?.prose : undefined)) ?? generation.prose
  const kept = useLive((all) => (isLive ? all[id]?.kept : undefined)) ?? generation.keptPaths
  return (
    <li className="flex flex-col gap-2">
      <div className="rounded-md border bg-sunken px-2.5 py-1.5">
        <LongText text={generation.prompt} />
        <p className="mt-0.5 text-faint text-xs">
          {generation.createdBy !== user.id && 'Another member · '}
          <RelativeTime at={generation.createdAt} />
        </p>
      </div>
      {prose.trim() !== '' && <Prose text={prose} />}
      {kept.length > 0 && (
        <p className="flex items-start gap-1.5 text-muted text-xs">
          <Lock size={12} className="mt-0.5 shrink-0" aria-hidden />
          <span className="min-w-0 break-words">
            <span className="font-mono">{kept.join(', ')}</span>{' '}
            {kept.length === 1
              ? 'is locked, so it stayed as it was.'
              : 'are locked, so they stayed as they were.'}
          </span>
        </p>
      )}
      {/* Of the newest one the result says it. */}
      {generation.failure && !isNewest && <p className="break-words text-bad">{generation.failure}</p>}
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
        {versionId !== null && versionNumber !== null && (
          <button
            type="button"
            onClick={() => onShow(versionId)}
            className="inline-flex h-5 items-center rounded-sm border border-line-strong px-1.5 tabular-nums hover:bg-hover"
          >
            <span className="sr-only">Show version </span>
            <span aria-hidden>v</span>
            {versionNumber}
          </button>
        )}
        <LiveBadge id={id} state={state} />
        <button
          type="button"
          onClick={() =>
            go({ name: 'receipt', holdId, from: { name: 'plugin', pluginId: generation.pluginId } })
          }
          className="rounded-sm text-muted tabular-nums underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          <span className="sr-only">Receipt: </span>
          {chargeText(state, cost)}
        </button>
      </div>
    </li>
  )
}
