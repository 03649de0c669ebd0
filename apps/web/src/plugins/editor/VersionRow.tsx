import { originWords } from '@tallyforge/core/plugins/words'
import { cn } from '@tallyforge/ui/cn'
import { RelativeTime } from '@tallyforge/ui/RelativeTime'
import { VersionBadge } from '@tallyforge/ui/StateBadge'
import type { ReactNode } from 'react'
import type { Version } from '../../trpc.ts'
import { GraphLines } from './GraphLines.tsx'
import type { GraphRow } from './version-graph.ts'

type VersionRowProps = {
  version: Version
  row: GraphRow
  /** Where the text begins, right of the graph. */
  indent: number
  isShown: boolean
  isTabStop: boolean
  /** The number of the version it goes on from, when that is not the one before. */
  branchOf: number | null
  onShow: () => void
  /** What can be done with the version that is shown. */
  actions: ReactNode
}

/** One version in the graph. */
export function VersionRow(props: VersionRowProps) {
  const { version, row, indent, isShown, isTabStop, branchOf, onShow, actions } = props
  const { number, label, state, origin, createdAt } = version
  return (
    // What is out of sight is neither laid out nor painted: hundreds of versions scroll like ten.
    <li className="relative [contain-intrinsic-size:auto_68px] [content-visibility:auto]">
      <div
        className={cn('absolute inset-y-0 right-0 rounded-md', isShown && 'bg-selected')}
        style={{ left: 0 }}
      />
      <button
        type="button"
        data-version={version.id}
        tabIndex={isTabStop ? 0 : -1}
        aria-current={isShown ? 'true' : undefined}
        onClick={onShow}
        className="relative block w-full rounded-md py-1.5 pr-2 text-left -outline-offset-2 transition-colors hover:bg-hover"
        style={{ paddingLeft: indent }}
      >
        <span className="flex items-center gap-2">
          <span className="figures font-medium text-sm">v{number}</span>
          <VersionBadge state={state} />
          <span className="flex-1" />
          <RelativeTime at={createdAt} className="whitespace-nowrap text-faint text-xs" />
        </span>
        <span dir="auto" title={label} className="mt-0.5 line-clamp-2 break-words text-muted text-sm">
          {label}
        </span>
        <span className="block text-faint text-xs">
          {originWords[origin]}
          {branchOf !== null && ` from v${branchOf}`}
        </span>
      </button>
      {actions && (
        <div className="relative pr-2 pb-2" style={{ paddingLeft: indent }}>
          {actions}
        </div>
      )}
      <GraphLines row={row} look={state} isShown={isShown} />
    </li>
  )
}
