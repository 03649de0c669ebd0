import { clockText } from '@tallyforge/core/format'
import { useNow } from '@tallyforge/ui/now'
import { Progress } from '@tallyforge/ui/Progress'
import type { Plugin } from '../trpc.ts'
import { GenerationBadge } from './StateBadge.tsx'

type Running = NonNullable<Plugin['activeGeneration']>

/** A generation under way, in the row of its plugin: what it is at, and for how long. */
export function RunningState({ generation }: { generation: Running }) {
  const now = useNow(1_000)
  const startedAt = generation.startedAt ?? generation.createdAt
  return (
    <span className="inline-flex flex-col gap-1.5">
      <span className="flex items-center gap-2">
        <GenerationBadge id={generation.id} state={generation.state} />
        <span className="figures text-faint text-xs">{clockText(now.getTime() - startedAt.getTime())}</span>
      </span>
      <Progress label="Progress" value={null} />
    </span>
  )
}
