import { PageHeader } from '@tallyforge/ui/PageHeader'
import { createLazyRoute } from '@tanstack/react-router'
import { LoadError } from '../frame/LoadError.tsx'
import { useOrg } from '../frame/org.ts'
import { usePageTitle } from '../frame/page-title.ts'
import { trpc } from '../trpc.ts'
import { BalanceFigures } from './BalanceFigures.tsx'
import { BurnDown } from './BurnDown.tsx'
import { useFollowBalance } from './follow-balance.ts'
import { History } from './History.tsx'
import { ReceiptSheet } from './ReceiptSheet.tsx'

export const route = createLazyRoute('/$org/tokens')({ component: TokensPage })

function TokensPage() {
  usePageTitle('Tokens')
  useFollowBalance()
  const { org } = useOrg()
  const { receipt, month } = route.useSearch()
  const navigate = route.useNavigate()
  const balance = trpc.tokens.balance.useQuery({ orgId: org.id })
  const show = (holdId: string | undefined) =>
    void navigate({
      search: (search) => ({ ...search, receipt: holdId }),
      // Closing is no step of its own: Back after it does not open the receipt again.
      replace: holdId === undefined,
      resetScroll: false,
    })
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
      <div className="mt-4">
        <BurnDown month={month} />
      </div>
      <History openReceipt={receipt} onOpen={show} />
      <ReceiptSheet holdId={receipt} onClose={() => show(undefined)} />
    </div>
  )
}
