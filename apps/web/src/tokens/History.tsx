import { Button, buttonStyles } from '@tallyforge/ui/Button'
import { keepPreviousData } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { LoadError } from '../frame/LoadError.tsx'
import { useOrg } from '../frame/org.ts'
import { trpc } from '../trpc.ts'
import { Entries } from './Entries.tsx'
import { HistoryFilters } from './HistoryFilters.tsx'
import { useHistoryFilter } from './history-filter.ts'
import { historyInput } from './history-input.ts'

type HistoryProps = { openReceipt: string | undefined; onOpen: (holdId: string) => void }

/** What changed the balance, as the address filters it, with the file of exactly that. */
export function History({ openReceipt, onOpen }: HistoryProps) {
  const { org } = useOrg()
  const { filter, csvPath, isFiltered, clear } = useHistoryFilter()
  const query = trpc.tokens.history.useInfiniteQuery(historyInput(org.id, filter), {
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  const items = query.data?.pages.flatMap((page) => page.items)
  const hasFailed = query.isError && (!items || query.isPlaceholderData)
  return (
    <section aria-labelledby="history-title" className="mt-10">
      <div className="flex min-h-8 items-center justify-between gap-4">
        <h2 id="history-title" className="font-medium text-lg">
          History
        </h2>
        <a href={csvPath} download className={buttonStyles()}>
          <Download size={14} aria-hidden />
          Export CSV
        </a>
      </div>
      <div className="mt-3">
        <HistoryFilters />
      </div>
      {hasFailed ? (
        <div className="flex flex-col gap-3 py-4">
          <LoadError error={query.error} onRetry={() => void query.refetch()} what="the history" />
          {isFiltered && (
            <Button onClick={clear} className="self-start">
              Clear filters
            </Button>
          )}
        </div>
      ) : (
        <Entries items={items} isDimmed={query.isPlaceholderData} openReceipt={openReceipt} onOpen={onOpen} />
      )}
      {query.hasNextPage && !hasFailed && (
        <div className="flex flex-col items-center gap-2 py-5">
          {query.isFetchNextPageError && (
            <p role="alert" className="text-bad text-sm">
              The next entries could not be loaded. Try again.
            </p>
          )}
          <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </section>
  )
}
