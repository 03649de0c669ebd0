import type { HistoryItem } from '@tallyforge/client/outputs'
import { formatTokens } from '@tallyforge/core/money'
import { Button } from '@tallyforge/ui/Button'
import { cn } from '@tallyforge/ui/cn'
import { RelativeTime } from '@tallyforge/ui/RelativeTime'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { CirclePlus, Clock, Receipt } from 'lucide-react'
import { LoadError } from '../frame/LoadError.tsx'
import { useOrg, useRoute } from '../panel.tsx'
import { trpc } from '../trpc.ts'

/** What changed the balance, the last first. A call leads to its receipt. */
export function History() {
  const { org } = useOrg()
  const query = trpc.tokens.history.useInfiniteQuery(
    { orgId: org.id, limit: 25 },
    { getNextPageParam: (page) => page.nextCursor },
  )
  const items = query.data?.pages.flatMap((page) => page.items)
  return (
    <section aria-label="History" className="py-2">
      <h2 className="px-3 pb-1 font-semibold text-xs">History</h2>
      {query.isError && !items && (
        <div className="px-3">
          <LoadError error={query.error} what="the history" onRetry={() => void query.refetch()} />
        </div>
      )}
      {items?.length === 0 && (
        <p className="px-3 py-2 text-muted">Nothing yet. Grants and settled calls are listed here.</p>
      )}
      {!items && !query.isError && (
        <div className="flex flex-col gap-3 px-3 py-2" aria-busy="true">
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-8 w-full" />
          <Skeleton className="h-8 w-full" />
        </div>
      )}
      <ul>
        {items?.map((item) => (
          <Entry key={item.id} item={item} />
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="px-3 pt-2">
          <Button
            size="sm"
            className="w-full"
            isBusy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Load more
          </Button>
        </div>
      )}
    </section>
  )
}

const icons = { grant: CirclePlus, settle: Receipt, expire: Clock } as const
const kindWords = { grant: 'Added', settle: 'Spent', expire: 'Expired' } as const

function Entry({ item }: { item: HistoryItem }) {
  const { go } = useRoute()
  const { kind, holdId, amount, balanceAfter, description, pluginTitle, at } = item
  const Icon = icons[kind]
  return (
    <li className={cn('relative flex items-start gap-2 px-3 py-1.5', holdId !== null && 'hover:bg-hover')}>
      <Icon size={14} className="mt-0.5 shrink-0 text-muted" role="img" aria-label={kindWords[kind]} />
      <span className="min-w-0 flex-1">
        {holdId === null ? (
          <bdi className="block truncate">{description}</bdi>
        ) : (
          <button
            type="button"
            onClick={() => go({ name: 'receipt', holdId, from: { name: 'tokens' } })}
            className="block max-w-full truncate text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
          >
            <bdi>{description}</bdi>
          </button>
        )}
        <span className="flex min-w-0 gap-1 text-faint text-xs">
          {pluginTitle !== null && (
            <>
              <bdi className="truncate">{pluginTitle}</bdi>
              <span aria-hidden>·</span>
            </>
          )}
          <RelativeTime at={at} className="shrink-0" />
        </span>
      </span>
      <span className="shrink-0 text-right tabular-nums">
        <span className={cn('block', amount > 0n && 'text-good')}>
          {amount > 0n && '+'}
          {formatTokens(amount)}
        </span>
        <span className="block text-faint text-xs">
          <span className="sr-only">Balance after: </span>
          {formatTokens(balanceAfter)}
        </span>
      </span>
    </li>
  )
}
