import type { Balance } from '@tallyforge/client/outputs'
import { formatTokens } from '@tallyforge/core/money'
import { IconButton } from '@tallyforge/ui/IconButton'
import { Meter } from '@tallyforge/ui/Meter'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { ExternalLink } from 'lucide-react'
import { useAct } from '../act.ts'
import { LoadError } from '../frame/LoadError.tsx'
import { ViewHeader } from '../frame/ViewHeader.tsx'
import { useOrg } from '../panel.tsx'
import { trpc } from '../trpc.ts'
import { History } from './History.tsx'

/** What the organization has, what running calls hold, and what changed it last. */
export function TokensView() {
  const { org } = useOrg()
  const { act } = useAct()
  const balance = trpc.tokens.balance.useQuery({ orgId: org.id })
  return (
    <>
      <ViewHeader title="Tokens">
        <IconButton
          label="Open tokens in the dashboard"
          onClick={() => act({ name: 'openDashboard', path: `/${org.slug}/tokens` })}
        >
          <ExternalLink size={14} aria-hidden />
        </IconButton>
      </ViewHeader>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <section aria-label="Balance" className="border-b px-3 py-3">
          {balance.isError && !balance.data ? (
            <LoadError error={balance.error} what="the balance" onRetry={() => void balance.refetch()} />
          ) : (
            <Figures balance={balance.data} />
          )}
        </section>
        <History />
      </main>
    </>
  )
}

function Figures({ balance }: { balance: Balance | undefined }) {
  if (balance === undefined) return <Skeleton className="h-20 w-full" />
  const { available, held, spentThisMonth } = balance
  const whole = balance.balance + spentThisMonth
  const share = (part: bigint) => (whole > 0n ? Number((part * 10_000n) / whole) / 10_000 : 0)
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2">
        <div className="col-span-2">
          <dt className="text-muted text-xs">Available</dt>
          <dd className="break-all font-semibold text-2xl tabular-nums">{formatTokens(available)}</dd>
        </div>
        <Figure label="Held for running calls" amount={held} />
        <Figure label="Spent this month" amount={spentThisMonth} />
      </dl>
      <div className="mt-3">
        <Meter
          label="Tokens used this month"
          text={`${formatTokens(spentThisMonth)} spent, ${formatTokens(held)} held, ${formatTokens(available)} available`}
          value={share(spentThisMonth)}
          secondValue={share(held)}
        />
      </div>
    </>
  )
}

function Figure({ label, amount }: { label: string; amount: bigint }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="break-all tabular-nums">{formatTokens(amount)}</dd>
    </div>
  )
}
