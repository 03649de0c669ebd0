import { formatTokens } from '@tallyforge/core/money'
import { cn } from '@tallyforge/ui/cn'
import { RelativeTime } from '@tallyforge/ui/RelativeTime'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { Table, Td, Th } from '@tallyforge/ui/Table'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { HistoryItem } from '../trpc.ts'
import type { EntriesProps } from './Entries.tsx'
import { EntryAmount, EntryIcon, EntryName } from './entry-parts.tsx'
import { useHistoryFilter } from './history-filter.ts'

export function EntryTable({ items, openReceipt, onOpen }: EntriesProps) {
  return (
    <Table aria-label="History" aria-busy={!items} className="table-fixed">
      <thead>
        <tr>
          <Th className="pl-2">What</Th>
          <Th className="w-[24%]">Plugin</Th>
          <Th className="w-32 text-right">Tokens</Th>
          <Th className="w-36 text-right">Balance after</Th>
          <WhenHeader />
        </tr>
      </thead>
      <tbody>
        {items
          ? items.map((item) => (
              <Row
                key={item.id}
                item={item}
                isOpen={item.holdId !== null && item.holdId === openReceipt}
                onOpen={onOpen}
              />
            ))
          : skeletons}
      </tbody>
    </Table>
  )
}

/** The column that the entries are in the order of: pressing it turns the order around. */
function WhenHeader() {
  const { filter, set } = useHistoryFilter()
  const isOldestFirst = filter.order === 'oldest'
  const Arrow = isOldestFirst ? ArrowUp : ArrowDown
  return (
    <Th className="w-36" aria-sort={isOldestFirst ? 'ascending' : 'descending'}>
      <button
        type="button"
        title={isOldestFirst ? 'Oldest first' : 'Newest first'}
        onClick={() => set({ order: isOldestFirst ? undefined : 'oldest' })}
        className="inline-flex items-center gap-1 rounded-sm hover:text-ink"
      >
        When
        <Arrow size={12} aria-hidden />
      </button>
    </Th>
  )
}

/** A row with a hold opens its receipt: all of it is the button. */
function Row({
  item,
  isOpen,
  onOpen,
}: {
  item: HistoryItem
  isOpen: boolean
  onOpen: EntriesProps['onOpen']
}) {
  return (
    <tr
      className={cn('relative', item.holdId && 'transition-colors hover:bg-hover', isOpen && 'bg-selected')}
    >
      <Td className="pl-2">
        <span className="flex items-center gap-2.5">
          <EntryIcon kind={item.kind} />
          <EntryName item={item} onOpen={onOpen} />
        </span>
      </Td>
      <Td className="truncate text-muted">
        <bdi>{item.pluginTitle ?? '–'}</bdi>
      </Td>
      <Td className="figures whitespace-nowrap text-right">
        <EntryAmount amount={item.amount} />
      </Td>
      <Td className="figures whitespace-nowrap text-right text-muted">{formatTokens(item.balanceAfter)}</Td>
      <Td className="whitespace-nowrap text-muted">
        <RelativeTime at={item.at} />
      </Td>
    </tr>
  )
}

const skeletons = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
  <tr key={key}>
    <Td className="pl-2">
      <Skeleton className="h-4 w-56 max-w-full" />
    </Td>
    <Td>
      <Skeleton className="h-4 w-28 max-w-full" />
    </Td>
    <Td>
      <Skeleton className="ml-auto h-4 w-16" />
    </Td>
    <Td>
      <Skeleton className="ml-auto h-4 w-20" />
    </Td>
    <Td>
      <Skeleton className="h-4 w-24" />
    </Td>
  </tr>
))
