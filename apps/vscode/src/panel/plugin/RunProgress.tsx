import { type LiveFile, type LiveGeneration, writtenTokens } from '@tallyforge/client/live'
import type { Generation } from '@tallyforge/client/outputs'
import { clockText, countText } from '@tallyforge/core/format'
import { generationExplanations, generationWords } from '@tallyforge/core/plugins/words'
import { costSoFar } from '@tallyforge/core/tokens/charge'
import { stopText } from '@tallyforge/core/tokens/words'
import { Button } from '@tallyforge/ui/Button'
import { GateSteps } from '@tallyforge/ui/GateSteps'
import { useNow } from '@tallyforge/ui/now'
import { Progress } from '@tallyforge/ui/Progress'
import { Check, FileMinus, FilePen, Square } from 'lucide-react'
import { useId, useState } from 'react'
import { useLive } from '../live/LiveProvider.tsx'
import { notify } from '../notices.tsx'
import { useOrg } from '../panel.tsx'
import { trpc } from '../trpc.ts'

type RunProgressProps = { generation: Generation; canStop: boolean }

/** A generation under way: its state and time, the files as they grow, the checks, and the way to stop it. */
export function RunProgress({ generation, canStop }: RunProgressProps) {
  const live = useLive((all) => all[generation.id])
  const now = useNow(1_000)
  const [seen] = useState(() => new Date())
  const state = live?.state ?? generation.state
  // A server clock ahead of ours must not show a time before zero.
  const elapsed = now.getTime() - (generation.startedAt ?? seen).getTime()
  return (
    <section aria-label="Progress" className="flex flex-col gap-2 border-t px-3 py-3">
      <div className="flex items-baseline justify-between gap-2">
        <h2 className="font-semibold">
          {generationWords[state]}
          {live !== undefined && live.attempt > 1 && (
            <span className="font-normal text-muted text-xs"> · attempt {live.attempt} of 3</span>
          )}
        </h2>
        <span className="text-muted text-xs tabular-nums">
          {live ? `${writtenTokens(live).toLocaleString('en-US')} model tokens · ` : ''}
          {clockText(elapsed)}
        </span>
      </div>
      <Progress label="Generation" text={generationWords[state]} value={null} />
      {/* Two lines are kept for it, so that what is below stays where it is. */}
      <p className="min-h-[2lh] text-muted text-xs">{generationExplanations[state]}</p>
      {live && live.files.length > 0 && <WrittenFiles live={live} />}
      {live && (state === 'validating' || live.steps.length > 0) && (
        <div>
          <h3 className="text-muted text-xs">Checks</h3>
          <GateSteps steps={live.steps} isRunning={state === 'validating'} />
        </div>
      )}
      {canStop && <Stop generation={generation} live={live} />}
    </section>
  )
}

function Stop({ generation, live }: { generation: Generation; live: LiveGeneration | undefined }) {
  const { org } = useOrg()
  const utils = trpc.useUtils()
  const costId = useId()
  const cancel = trpc.plugins.cancel.useMutation({
    onSuccess: () =>
      void utils.plugins.generations.invalidate({ orgId: org.id, pluginId: generation.pluginId }),
    onError: notify.failed,
  })
  return (
    <div className="flex items-center gap-2">
      <Button
        size="sm"
        isBusy={cancel.isPending || cancel.isSuccess}
        aria-describedby={costId}
        onClick={() => cancel.mutate({ orgId: org.id, generationId: generation.id })}
      >
        <Square size={12} aria-hidden />
        Stop
      </Button>
      <span id={costId} className="min-w-0 text-muted text-xs tabular-nums">
        {stopText(costSoFar(live?.calls ?? [], generation.price))}
      </span>
    </div>
  )
}

/** The files in the order in which they were begun, and the end of the one that is being written. */
function WrittenFiles({ live }: { live: LiveGeneration }) {
  const open = live.files.find(({ path }) => path === live.openPath)
  return (
    <div>
      <h3 className="text-muted text-xs">Files</h3>
      <ul aria-label="Files">
        {live.files.map((file) => (
          <li key={file.path} className="flex h-6 items-center gap-1.5">
            <FileIcon file={file} isOpen={file === open} />
            <span title={file.path} className="min-w-0 flex-1 truncate font-mono text-xs">
              {file.path}
            </span>
            <span className="shrink-0 text-faint text-xs tabular-nums">
              {file.isDeleted ? 'deleted' : countText(linesOf(file.text), 'line')}
            </span>
          </li>
        ))}
      </ul>
      {open && <Tail text={open.text} />}
    </div>
  )
}

const linesOf = (text: string) => text.split('\n').length

function FileIcon({ file, isOpen }: { file: LiveFile; isOpen: boolean }) {
  if (file.isDeleted) return <FileMinus size={12} className="shrink-0 text-muted" aria-hidden />
  return isOpen ? (
    <FilePen size={12} className="shrink-0 text-accent-ink" aria-hidden />
  ) : (
    <Check size={12} className="shrink-0 text-good" aria-hidden />
  )
}

const tailLines = 6

/** The last lines that were written. Screen readers hear which file it is, not every letter. */
function Tail({ text }: { text: string }) {
  return (
    <pre
      aria-hidden
      className="mt-1 h-[7.6em] overflow-hidden whitespace-pre rounded-md border bg-sunken px-2 py-1 font-mono text-muted text-xs leading-[1.2em]"
    >
      {text.split('\n').slice(-tailLines).join('\n')}
      <span className="text-accent-ink">▍</span>
    </pre>
  )
}
