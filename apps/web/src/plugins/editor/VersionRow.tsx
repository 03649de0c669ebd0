import type { VersionOrigin } from '@tallyforge/core/plugins/states'
import { cn } from '@tallyforge/ui/cn'
import { RelativeTime } from '../../frame/RelativeTime.tsx'
import type { Version } from '../../trpc.ts'
import { VersionBadge } from '../StateBadge.tsx'

const originWords: Record<VersionOrigin, string> = {
  generation: 'Prompt',
  edit: 'Hand edit',
  restore: 'Restored',
  duplicate: 'Copy',
}

type VersionRowProps = {
  version: Version
  isShown: boolean
  isFirst: boolean
  isLast: boolean
  /** The version it goes on from, when that is not the one before. */
  branchOf: number | null
  /** The version made before this one. */
  before: Version | undefined
  onShow: () => void
  onCompare: (from: string) => void
}

export function VersionRow(props: VersionRowProps) {
  const { version, isShown, isFirst, isLast, branchOf, before, onShow, onCompare } = props
  const { number, label, state, origin, createdAt } = version
  return (
    <li className={cn('relative -mx-2 rounded-md pl-7', isShown && 'bg-selected')}>
      <span
        aria-hidden
        className={cn(
          'absolute left-[13px] w-px bg-line-strong',
          isFirst ? 'top-4' : 'top-0',
          isLast ? 'h-4' : 'bottom-0',
          isFirst && isLast && 'hidden',
        )}
      />
      <span
        aria-hidden
        className={cn(
          'absolute top-[11px] left-[9px] size-[9px] rounded-full border-2 border-surface',
          isShown ? 'bg-ink' : 'bg-faint',
        )}
      />
      <button
        type="button"
        aria-current={isShown ? 'true' : undefined}
        onClick={onShow}
        className="block w-full rounded-md py-1.5 pr-2 text-left -outline-offset-2 transition-colors hover:bg-hover"
      >
        <span className="flex items-center gap-2">
          <span className="figures font-medium text-sm">v{number}</span>
          <VersionBadge state={state} />
          <span className="flex-1" />
          <RelativeTime at={createdAt} className="text-faint text-xs" />
        </span>
        <span className="mt-0.5 block truncate text-muted text-sm">{label}</span>
        <span className="block text-faint text-xs">
          {originWords[origin]}
          {branchOf !== null && ` from v${branchOf}`}
        </span>
      </button>
      {isShown && before && (
        <button
          type="button"
          onClick={() => onCompare(before.id)}
          className="mb-2 rounded-sm text-muted text-xs underline decoration-line-strong underline-offset-4 hover:text-ink"
        >
          Compare with v{before.number}
        </button>
      )}
    </li>
  )
}
