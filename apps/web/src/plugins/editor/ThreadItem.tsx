import { isFinal } from '@tallyforge/core/plugins/states'
import { chargeText } from '@tallyforge/core/tokens/words'
import { LongText } from '@tallyforge/ui/LongText'
import { Prose } from '@tallyforge/ui/Prose'
import { RelativeTime } from '@tallyforge/ui/RelativeTime'
import { Link } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import { memo } from 'react'
import { useOrg } from '../../frame/org.ts'
import type { Generation } from '../../trpc.ts'
import { useLive } from '../LiveProvider.tsx'
import { GenerationBadge } from '../StateBadge.tsx'

type ThreadItemProps = {
  generation: Generation
  /** The stream may know more of it. */
  isNewest: boolean
  onShow: (versionId: string) => void
}

/** One prompt with its answer: the model's words, then the version, its state and its receipt. */
export const ThreadItem = memo(function ThreadItem({ generation, isNewest, onShow }: ThreadItemProps) {
  const { versionId, versionNumber, failure } = generation
  const { session } = useOrg()
  const isOfAnother = generation.createdBy !== session.user.id
  const isLive = isNewest && !isFinal(generation.state)
  const kept = useLive((all) => (isLive ? all[generation.id]?.kept : undefined)) ?? generation.keptPaths
  const prose = useLive((all) => (isLive ? all[generation.id]?.prose : undefined)) ?? generation.prose
  return (
    <li className="flex flex-col gap-3">
      <div className="rounded-md border bg-sunken px-3 py-2">
        <LongText text={generation.prompt} />
        <p className="mt-1 text-faint text-xs">
          {isOfAnother && 'Another member · '}
          <RelativeTime at={generation.createdAt} />
        </p>
      </div>
      {prose.trim() !== '' && <Prose text={prose} />}
      {kept.length > 0 && <Kept paths={kept} />}
      {failure && <p className="text-bad text-sm">{failure}</p>}
      <div className="flex flex-wrap items-center gap-2 text-sm">
        {versionId && versionNumber !== null && (
          <button
            type="button"
            onClick={() => onShow(versionId)}
            className="figures inline-flex h-5 items-center rounded-sm border border-line-strong px-1.5 text-xs hover:bg-hover"
          >
            <span className="sr-only">Show version </span>
            <span aria-hidden>v</span>
            {versionNumber}
          </button>
        )}
        {/* Its words change while it runs: what follows stays in its place. */}
        <span className={isFinal(generation.state) ? 'contents' : 'flex min-w-24'}>
          <GenerationBadge id={generation.id} state={generation.state} />
        </span>
        <ReceiptLink generation={generation} />
      </div>
    </li>
  )
})

/** What the model wrote of locked files was not taken. */
function Kept({ paths }: { paths: readonly string[] }) {
  return (
    <p className="flex items-start gap-2 text-muted text-sm">
      <Lock size={13} className="mt-1 shrink-0 text-faint" aria-hidden />
      <span className="min-w-0 break-words">
        <span className="font-mono text-xs">{paths.join(', ')}</span>{' '}
        {paths.length === 1
          ? 'is locked, so it stayed as it was.'
          : 'are locked, so they stayed as they were.'}
      </span>
    </p>
  )
}

function ReceiptLink({ generation }: { generation: Generation }) {
  const { org } = useOrg()
  const { state, cost, holdId } = generation
  return (
    <Link
      to="/$org/tokens"
      params={{ org: org.slug }}
      search={{ receipt: holdId }}
      className="rounded-sm text-muted text-xs tabular-nums underline decoration-line-strong underline-offset-4 hover:text-ink"
    >
      {chargeText(state, cost)}
    </Link>
  )
}
