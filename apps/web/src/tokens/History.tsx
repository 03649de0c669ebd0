import { Button } from '@tallyforge/ui/Button'
import { EmptyState } from '@tallyforge/ui/EmptyState'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { Table, Td, Th } from '@tallyforge/ui/Table'
import { LoadError } from '../frame/LoadError.tsx'
import { useOrg } from '../frame/org.ts'
import { trpc } from '../trpc.ts'
import { HistoryRow } from './HistoryRow.tsx'

type HistoryProps = { openReceipt: string | undefined; onOpen: (holdId: string) => void }

/** Every change of the balance, newest first. */
export function History({ openReceipt, onOpen }: HistoryProps) {
  const { org } = useOrg()
  const query = trpc.tokens.history.useInfiniteQuery(
    { orgId: org.id, limit: 50 },
    { getNextPageParam: (page) => page.nextCursor },
  )
  const items = query.data?.pages.flatMap((page) => page.items)
  if (query.isError && !items) {
    return (
      <div className="py-4">
        <LoadError error={query.error} onRetry={() => void query.refetch()} what="the history" />
      </div>
    )
  }
  if (items?.length === 0) {
    return <EmptyState title="Nothing yet">Grants and settled calls are listed here.</EmptyState>
  }
  return (
    <>
      <Table aria-label="History" aria-busy={!items} className="mt-1">
        <thead>
          <tr>
            <Th className="pl-2">What</Th>
            <Th className="w-28 text-right">Tokens</Th>
            <Th className="w-32 text-right max-md:hidden">Balance after</Th>
            <Th className="w-40 max-md:hidden">When</Th>
          </tr>
        </thead>
        <tbody>
          {items
            ? items.map((item) => (
                <HistoryRow
                  key={item.id}
                  item={item}
                  isOpen={item.holdId !== null && item.holdId === openReceipt}
                  onOpen={onOpen}
                />
              ))
            : skeletons}
        </tbody>
      </Table>
      {query.hasNextPage && (
        <div className="flex justify-center py-5">
          <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </>
  )
}

const skeletons = ['a', 'b', 'c', 'd'].map((key) => (
  <tr key={key}>
    <Td className="h-12 pl-2">
      <Skeleton className="h-4 w-56 max-w-full" />
    </Td>
    <Td>
      <Skeleton className="ml-auto h-4 w-16" />
    </Td>
    <Td className="max-md:hidden">
      <Skeleton className="ml-auto h-4 w-20" />
    </Td>
    <Td className="max-md:hidden">
      <Skeleton className="h-4 w-24" />
    </Td>
  </tr>
))
