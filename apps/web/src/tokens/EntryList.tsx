import { formatTokens } from '@tallyforge/core/money'
import { cn } from '@tallyforge/ui/cn'
import { List, ListRow } from '@tallyforge/ui/List'
import { RelativeTime } from '@tallyforge/ui/RelativeTime'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import type { EntriesProps } from './Entries.tsx'
import { EntryAmount, EntryIcon, EntryName } from './entry-parts.tsx'

/** The history on a narrow screen: each entry on two lines. */
export function EntryList({ items, openReceipt, onOpen }: EntriesProps) {
  return (
    <List aria-label="History" aria-busy={!items}>
      {items
        ? items.map((item) => (
            <ListRow
              key={item.id}
              className={cn(
                'items-start px-0',
                item.holdId !== null && item.holdId === openReceipt && 'bg-selected',
              )}
            >
              <span className="mt-1">
                <EntryIcon kind={item.kind} />
              </span>
              <span className="min-w-0 flex-1">
                <EntryName item={item} onOpen={onOpen} />
                <span className="flex min-w-0 gap-1.5 text-faint text-xs">
                  {item.pluginTitle !== null && (
                    <>
                      <bdi className="truncate">{item.pluginTitle}</bdi>
                      <span aria-hidden>·</span>
                    </>
                  )}
                  <RelativeTime at={item.at} className="shrink-0" />
                </span>
              </span>
              <span className="figures shrink-0 text-right">
                <span className="block">
                  <EntryAmount amount={item.amount} />
                </span>
                <span className="block text-faint text-xs">
                  <span className="sr-only">Balance after: </span>
                  {formatTokens(item.balanceAfter)}
                </span>
              </span>
            </ListRow>
          ))
        : skeletons}
    </List>
  )
}

const skeletons = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
  <ListRow key={key} className="h-15 px-0">
    <Skeleton className="h-4 flex-1" />
    <Skeleton className="h-4 w-16" />
  </ListRow>
))
