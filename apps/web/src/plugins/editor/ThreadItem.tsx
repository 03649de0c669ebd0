import { isFinal } from '@tallyforge/core/plugins/states'
import { Link } from '@tanstack/react-router'
import { tokensText } from '../../format.ts'
import { useOrg } from '../../frame/org.ts'
import { RelativeTime } from '../../frame/RelativeTime.tsx'
import type { Generation } from '../../trpc.ts'
import type { LiveGeneration } from '../live.ts'
import { GenerationBadge } from '../StateBadge.tsx'
import { LongText } from './LongText.tsx'
import { Prose } from './Prose.tsx'

type ThreadItemProps = {
  generation: Generation
  live: LiveGeneration | undefined
  onShow: (versionId: string) => void
}

/** One prompt with its answer: the model's words, then the version, its state and its receipt. */
export function ThreadItem({ generation, live, onShow }: ThreadItemProps) {
  const { versionId, versionNumber, failure } = generation
  const prose = isFinal(generation.state) ? generation.prose : (live?.prose ?? generation.prose)
  return (
    <li className="flex flex-col gap-3">
      <div className="rounded-md border bg-sunken px-3 py-2">
        <LongText text={generation.prompt} />
        <p className="mt-1 text-faint text-xs">
          <RelativeTime at={generation.createdAt} />
        </p>
      </div>
      {prose.trim() !== '' && <Prose text={prose} />}
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
        <GenerationBadge id={generation.id} state={generation.state} />
        <ReceiptLink generation={generation} />
      </div>
    </li>
  )
}

function ReceiptLink({ generation }: { generation: Generation }) {
  const { org } = useOrg()
  const { cost, holdId } = generation
  return (
    <Link
      to="/$org/tokens"
      params={{ org: org.slug }}
      search={{ receipt: holdId }}
      className="rounded-sm text-muted text-xs tabular-nums underline decoration-line-strong underline-offset-4 hover:text-ink"
    >
      {cost ? receiptText(generation.state, cost.charged) : 'Tokens held'}
    </Link>
  )
}

const receiptText = (state: Generation['state'], charged: bigint) =>
  state === 'failed' && charged === 0n ? 'Not charged' : tokensText(charged)
