import { formatTokens } from '@tallyforge/core/money'
import { entryKindWords } from '@tallyforge/core/tokens/words'
import { cn } from '@tallyforge/ui/cn'
import { CirclePlus, Clock, Receipt } from 'lucide-react'
import type { HistoryItem } from '../trpc.ts'
import type { HistoryKind } from './history-filter.ts'

const icons = { grant: CirclePlus, settle: Receipt, expire: Clock } as const

export function EntryIcon({ kind }: { kind: HistoryKind }) {
  const Icon = icons[kind]
  return <Icon size={14} className="shrink-0 text-faint" role="img" aria-label={entryKindWords[kind]} />
}

/** What the entry is for; of a call, the button that opens its receipt and covers the row. */
export function EntryName({ item, onOpen }: { item: HistoryItem; onOpen: (holdId: string) => void }) {
  const { holdId } = item
  const name = <bdi>{item.description}</bdi>
  if (holdId === null) return <span className="block min-w-0 truncate">{name}</span>
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={() => onOpen(holdId)}
      className="block min-w-0 max-w-full truncate text-left -outline-offset-2 after:absolute after:inset-0"
    >
      {name}
    </button>
  )
}

export function EntryAmount({ amount }: { amount: bigint }) {
  return (
    <span className={cn(amount > 0n && 'text-good')}>
      {amount > 0n && '+'}
      {formatTokens(amount)}
    </span>
  )
}
