import { Button } from '@tallyforge/ui/Button'
import { cn } from '@tallyforge/ui/cn'
import { EmptyState } from '@tallyforge/ui/EmptyState'
import { useMediaQuery } from '../frame/media-query.ts'
import type { HistoryItem } from '../trpc.ts'
import { EntryList } from './EntryList.tsx'
import { EntryTable } from './EntryTable.tsx'
import { useHistoryFilter } from './history-filter.ts'

export type EntriesProps = {
  /** Undefined while the first of them load. */
  items: HistoryItem[] | undefined
  openReceipt: string | undefined
  onOpen: (holdId: string) => void
}

/** The entries as a table, on a narrow screen as a list. Dimmed while those of another filter are on their way. */
export function Entries({ isDimmed, ...entries }: EntriesProps & { isDimmed: boolean }) {
  const isWide = useMediaQuery('(min-width: 48rem)')
  const { isFiltered, clear } = useHistoryFilter()
  const isEmpty = entries.items?.length === 0
  if (isEmpty && isFiltered) {
    return (
      <EmptyState title="No entries match" action={<Button onClick={clear}>Clear filters</Button>}>
        Nothing in the history is of this kind, plugin, days and words at once.
      </EmptyState>
    )
  }
  if (isEmpty) return <EmptyState title="Nothing yet">Grants and settled calls are listed here.</EmptyState>
  return (
    <div
      aria-busy={isDimmed || !entries.items}
      className={cn('mt-2 transition-opacity', isDimmed && 'opacity-50')}
    >
      {isWide ? <EntryTable {...entries} /> : <EntryList {...entries} />}
    </div>
  )
}
