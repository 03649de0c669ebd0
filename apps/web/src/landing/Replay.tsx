import type { LiveGeneration } from '@tallyforge/client/live'
import { clockText } from '@tallyforge/core/format'
import { formatTokens } from '@tallyforge/core/money'
import { generationWords } from '@tallyforge/core/plugins/words'
import { cn } from '@tallyforge/ui/cn'
import { GateSteps } from '@tallyforge/ui/GateSteps'
import { IconButton } from '@tallyforge/ui/IconButton'
import { Prose } from '@tallyforge/ui/Prose'
import { CircleCheck, File, Pause, Play, RotateCcw } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { highlight, type Piece } from './highlight.ts'
import { replay, useReplay } from './replay.ts'

/** A generation as it was stored, played again: the thread, the files as they were written, the checks, the receipt. */
export function Replay() {
  const box = useRef<HTMLElement>(null)
  const player = useReplay(useInSight(box))
  const { generation, isOver, isPaused, ms } = player
  return (
    <figure ref={box} aria-label="A stored generation, played again" className="m-0">
      <div className="overflow-hidden rounded-md border border-line-strong bg-surface">
        <div className="flex h-10 items-center gap-2 border-b bg-sunken pr-1.5 pl-3.5 text-sm">
          <State generation={generation} isOver={isOver} />
          <span className="flex-1" />
          <span className="figures text-faint text-xs">{clockText(ms)}</span>
          {isOver ? (
            <IconButton label="Play again" onClick={player.restart}>
              <RotateCcw size={14} aria-hidden />
            </IconButton>
          ) : (
            <IconButton label={isPaused ? 'Play' : 'Pause'} onClick={player.toggle}>
              {isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
            </IconButton>
          )}
        </div>
        <div className="grid md:h-[400px] md:grid-cols-[240px_1fr_220px]">
          <Pane className="max-md:border-b">
            <p className="rounded-md border bg-sunken px-3 py-2 text-sm">{replay.prompt}</p>
            {generation && generation.prose !== '' && (
              <div className="mt-3 text-sm max-md:hidden">
                <Prose text={generation.prose} />
              </div>
            )}
          </Pane>
          <Code generation={generation} />
          <Pane className="border-line max-md:border-t md:border-l">
            <GateSteps steps={generation?.steps ?? []} isRunning={generation?.state === 'validating'} />
            <Receipt isOver={isOver} />
          </Pane>
        </div>
      </div>
      <figcaption className="mt-2.5 text-faint text-sm">
        Not a video: the {replay.events.length} stored events of a generation, at their own pace. The template
        writer wrote this one, which is not an AI model.
      </figcaption>
    </figure>
  )
}

function Pane({ className, children }: { className: string; children: ReactNode }) {
  return <div className={cn('min-w-0 overflow-hidden p-3.5', className)}>{children}</div>
}

function State({ generation, isOver }: { generation: LiveGeneration | undefined; isOver: boolean }) {
  if (isOver) {
    return (
      <span className="flex items-center gap-2 font-medium">
        <CircleCheck size={14} className="text-good" aria-hidden />
        Version {replay.version} is ready
      </span>
    )
  }
  const modelTokens = generation?.calls.reduce((sum, { outputTokens }) => sum + outputTokens, 0) ?? 0
  return (
    <span className="flex items-center gap-2 font-medium">
      <span className="size-2 rounded-full bg-accent" aria-hidden />
      {generationWords[generation?.state ?? 'queued']}
      <span className="figures font-normal text-faint text-xs">
        {modelTokens.toLocaleString('en-US')} model tokens
      </span>
    </span>
  )
}

const colors: Record<Piece['kind'], string> = {
  plain: '',
  keyword: 'text-(--tf-code-keyword)',
  string: 'text-(--tf-code-string)',
  comment: 'text-faint',
  number: 'text-(--tf-code-number)',
}

/** The file that is being written, or the one that was written last, with its end in sight. */
function Code({ generation }: { generation: LiveGeneration | undefined }) {
  const scroller = useRef<HTMLPreElement>(null)
  const file = generation?.files.find(({ path }) => path === generation.openPath) ?? generation?.files.at(-1)
  const length = file?.text.length
  useEffect(() => {
    if (length !== undefined) scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }, [length])
  return (
    <div className="flex min-h-0 min-w-0 flex-col max-md:h-72 md:border-l">
      <div className="flex h-9 shrink-0 items-center gap-4 overflow-hidden border-b px-3.5 text-sm">
        {generation?.files.map(({ path }) => (
          <span
            key={path}
            className={cn(
              'flex items-center gap-1.5 whitespace-nowrap',
              path === file?.path ? 'text-ink' : 'text-faint',
            )}
          >
            <File size={13} className="text-faint" aria-hidden />
            {path.split('/').at(-1)}
          </span>
        ))}
      </div>
      <pre
        key={file?.path}
        ref={scroller}
        className={cn(
          'min-h-0 flex-1 overflow-hidden whitespace-pre-wrap break-words p-3.5 font-mono text-xs leading-[1.65]',
          generation?.openPath != null &&
            "after:ml-px after:inline-block after:h-3.5 after:w-1.5 after:bg-accent after:align-middle after:content-['']",
        )}
      >
        {highlight(file?.text ?? '', file?.path ?? '').map(({ text, kind }, index) => (
          <span key={index} className={colors[kind]}>
            {text}
          </span>
        ))}
      </pre>
    </div>
  )
}

function Receipt({ isOver }: { isOver: boolean }) {
  const lines = [
    ['Held before the call', replay.held],
    ['Used', isOver ? replay.charged : null],
    ['Returned', isOver ? replay.held - replay.charged : null],
  ] as const
  return (
    <dl className="mt-4 flex flex-col gap-1.5 border-t pt-3.5 text-sm">
      {lines.map(([label, amount]) => (
        <div key={label} className="flex justify-between gap-3">
          <dt className="text-muted">{label}</dt>
          <dd className="figures">{amount === null ? '–' : formatTokens(amount)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Whether any of it is on the screen: what nobody sees does not play. */
function useInSight(box: RefObject<HTMLElement | null>): boolean {
  const [isInSight, setInSight] = useState(false)
  useEffect(() => {
    if (box.current === null) return
    const observer = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting ?? false))
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [box])
  return isInSight
}
