import { readError } from '@tallyforge/client/errors'
import { Button } from '@tallyforge/ui/Button'
import { Square } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import { clockText } from '../../format.ts'
import { useNow } from '../../frame/now.ts'
import { useOrg } from '../../frame/org.ts'
import { type Generation, trpc } from '../../trpc.ts'
import type { LiveGeneration } from '../live.ts'
import { generationWords } from '../StateBadge.tsx'

const explanations: Partial<Record<Generation['state'], string>> = {
  queued: 'It starts as soon as another one of your organization has ended.',
  running: 'The model is writing files.',
  validating: 'The platform checks that it builds.',
  repairing: 'It did not build. The model is repairing it under the same hold.',
}

type RunProgressProps = { generation: Generation; live: LiveGeneration | undefined; canStop: boolean }

/** How a running generation goes, and the way to stop it. */
export function RunProgress({ generation, live, canStop }: RunProgressProps) {
  const { org } = useOrg()
  const utils = trpc.useUtils()
  const now = useNow(1_000)
  const [seen] = useState(() => new Date())
  const cancel = trpc.plugins.cancel.useMutation({
    onSuccess: () =>
      void utils.plugins.generations.invalidate({ orgId: org.id, pluginId: generation.pluginId }),
    onError: (error) => {
      toast.error(readError(error).message)
    },
  })
  const state = live?.state ?? generation.state
  // A server clock ahead of ours must not show a time before zero.
  const startedAt = generation.startedAt ?? generation.createdAt
  const elapsed = now.getTime() - Math.min(startedAt.getTime(), seen.getTime())
  return (
    <div>
      <div className="flex items-center justify-between gap-2">
        <p className="flex items-center gap-2 font-medium">
          <span className="size-2 animate-pulse rounded-full bg-accent" aria-hidden />
          {generationWords[state]}
          {live && live.attempt > 1 && (
            <span className="font-normal text-muted text-sm">attempt {live.attempt} of 3</span>
          )}
        </p>
        {canStop && (
          <Button
            size="sm"
            isBusy={cancel.isPending}
            onClick={() => cancel.mutate({ orgId: org.id, generationId: generation.id })}
          >
            <Square size={12} aria-hidden />
            Stop
          </Button>
        )}
      </div>
      <p className="mt-0.5 text-muted text-sm">{explanations[state]}</p>
      <dl className="mt-3 grid grid-cols-2 gap-x-4">
        <Figure label="Elapsed" value={clockText(elapsed)} />
        <Figure label="Model tokens so far" value={(live?.outputTokens ?? 0).toLocaleString('en-US')} />
      </dl>
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
