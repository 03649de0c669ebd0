import { PageHeader } from '@tallyforge/ui/PageHeader'
import { createLazyRoute } from '@tanstack/react-router'
import { LoadError } from '../frame/LoadError.tsx'
import { useOrg } from '../frame/org.ts'
import { usePageTitle } from '../frame/page-title.ts'
import { trpc } from '../trpc.ts'
import { BalanceFigures } from './BalanceFigures.tsx'
import { History } from './History.tsx'
import { ReceiptSheet } from './ReceiptSheet.tsx'

export const route = createLazyRoute('/$org/tokens')({ component: TokensPage })

function TokensPage() {
  usePageTitle('Tokens')
  const { org } = useOrg()
  const { receipt } = route.useSearch()
  const navigate = route.useNavigate()
  const balance = trpc.tokens.balance.useQuery({ orgId: org.id })
  return (
    <div className="mx-auto w-full max-w-[1200px] px-4 py-6 md:px-8 md:py-8">
      <PageHeader
        title="Tokens"
        context="What this organization has, what running calls hold, and every change with its receipt."
      />
      <div className="mt-6">
        {balance.isError && !balance.data ? (
          <LoadError error={balance.error} onRetry={() => void balance.refetch()} what="the balance" />
        ) : (
          <BalanceFigures balance={balance.data} />
        )}
      </div>
      <h2 className="mt-10 font-medium text-lg">History</h2>
      <History
        openReceipt={receipt}
        onOpen={(holdId) => void navigate({ search: { receipt: holdId }, resetScroll: false })}
      />
      <ReceiptSheet
        holdId={receipt}
        onClose={() => void navigate({ search: {}, replace: true, resetScroll: false })}
      />
    </div>
  )
}
