import { formatTokens } from '@tallyforge/core/money'
import { cn } from '@tallyforge/ui/cn'
import { Td } from '@tallyforge/ui/Table'
import { CirclePlus, Clock, Receipt } from 'lucide-react'
import { RelativeTime } from '../frame/RelativeTime.tsx'
import type { HistoryItem } from '../trpc.ts'

const icons = { grant: CirclePlus, settle: Receipt, expire: Clock } as const

type HistoryRowProps = { item: HistoryItem; isOpen: boolean; onOpen: (holdId: string) => void }

/** A row with a hold opens its receipt: all of it is the button. */
export function HistoryRow({ item, isOpen, onOpen }: HistoryRowProps) {
  const { holdId, amount } = item
  const Icon = icons[item.kind]
  return (
    <tr className={cn('relative', holdId && 'transition-colors hover:bg-hover', isOpen && 'bg-selected')}>
      <Td className="h-12 max-w-0 pl-2">
        <span className="flex items-center gap-2.5">
          <Icon size={14} className="shrink-0 text-faint" aria-hidden />
          {holdId ? (
            <button
              type="button"
              aria-haspopup="dialog"
              onClick={() => onOpen(holdId)}
              className="min-w-0 truncate -outline-offset-2 after:absolute after:inset-0"
            >
              {item.description}
            </button>
          ) : (
            <span className="min-w-0 truncate">{item.description}</span>
          )}
        </span>
        <RelativeTime at={item.at} className="ml-6 block text-faint text-xs md:hidden" />
      </Td>
      <Td className={cn('figures whitespace-nowrap text-right', amount > 0n ? 'text-good' : 'text-ink')}>
        {amount > 0n && '+'}
        {formatTokens(amount)}
      </Td>
      <Td className="figures whitespace-nowrap text-right text-muted max-md:hidden">
        {formatTokens(item.balanceAfter)}
      </Td>
      <Td className="whitespace-nowrap text-muted max-md:hidden">
        <RelativeTime at={item.at} />
      </Td>
    </tr>
  )
}
