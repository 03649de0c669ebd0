import { readError } from '@tallyforge/client/errors'
import { writtenTokens } from '@tallyforge/client/live'
import { clockText } from '@tallyforge/core/format'
import { generationExplanations, generationWords } from '@tallyforge/core/plugins/words'
import { costSoFar } from '@tallyforge/core/tokens/charge'
import { stopText } from '@tallyforge/core/tokens/words'
import { Button } from '@tallyforge/ui/Button'
import { useNow } from '@tallyforge/ui/now'
import { Square } from 'lucide-react'
import { useId, useState } from 'react'
import { toast } from 'sonner'
import { useOrg } from '../../frame/org.ts'
import { type Generation, trpc } from '../../trpc.ts'
import { useLive } from '../LiveProvider.tsx'

type RunProgressProps = { generation: Generation; canStop: boolean }

/** How a running generation goes, what it has cost so far, and the way to stop it. */
export function RunProgress({ generation, canStop }: RunProgressProps) {
  const live = useLive((all) => all[generation.id])
  const { org } = useOrg()
  const utils = trpc.useUtils()
  const now = useNow(1_000)
  const costId = useId()
  const [seen] = useState(() => new Date())
  const cancel = trpc.plugins.cancel.useMutation({
    onSuccess: () =>
      void utils.plugins.generations.invalidate({ orgId: org.id, pluginId: generation.pluginId }),
    onError: (error) => {
      toast.error(readError(error).message)
    },
  })
  const cost = costSoFar(live?.calls ?? [], generation.price)
  const state = live?.state ?? generation.state
  // A server clock ahead of ours must not show a time before zero.
  const startedAt = generation.startedAt ?? generation.createdAt
  const elapsed = now.getTime() - Math.min(startedAt.getTime(), seen.getTime())
  return (
    <div>
      <div className="flex items-center justify-between gap-2">
        <h2 className="flex items-center gap-2 font-medium">
          <span className="size-2 animate-pulse rounded-full bg-accent" aria-hidden />
          {generationWords[state]}
          {live && live.attempt > 1 && (
            <span className="font-normal text-muted text-sm">attempt {live.attempt} of 3</span>
          )}
        </h2>
        {canStop && (
          <Button
            size="sm"
            isBusy={cancel.isPending || cancel.isSuccess}
            aria-describedby={costId}
            onClick={() => cancel.mutate({ orgId: org.id, generationId: generation.id })}
          >
            <Square size={12} aria-hidden />
            Stop
          </Button>
        )}
      </div>
      {/* Two lines are kept for it, so that what is below stays where it is. */}
      <p className="mt-0.5 min-h-10 text-muted text-sm">{generationExplanations[state]}</p>
      <dl className="mt-2 grid grid-cols-2 gap-x-4">
        <Figure label="Elapsed" value={clockText(elapsed)} />
        <Figure
          label="Model tokens so far"
          value={(live ? writtenTokens(live) : 0).toLocaleString('en-US')}
        />
      </dl>
      {canStop && (
        <p id={costId} className="mt-3 min-h-5 border-t pt-2 text-muted text-sm tabular-nums">
          {stopText(cost)}
        </p>
      )}
    </div>
  )
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-faint text-xs">{label}</dt>
      <dd className="figures mt-0.5 text-lg">{value}</dd>
    </div>
  )
}
