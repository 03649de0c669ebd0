import { formatTokens } from '@tallyforge/core/money'
import { Meter } from '@tallyforge/ui/Meter'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { Link } from '@tanstack/react-router'
import { type Balance, trpc } from '../trpc.ts'
import { useOrg } from './org.ts'

/** What can be spent, at the foot of the rail. The live stream keeps it true. */
export function BalanceMeter({ onNavigate }: { onNavigate?: (() => void) | undefined }) {
  const { org } = useOrg()
  const { data: balance } = trpc.tokens.balance.useQuery({ orgId: org.id })
  return (
    <Link
      to="/$org/tokens"
      params={{ org: org.slug }}
      onClick={onNavigate}
      className="flex min-h-[104px] flex-col gap-1.5 rounded-md p-2 transition-colors hover:bg-hover"
    >
      {balance ? <Figures balance={balance} /> : <FiguresSkeleton />}
    </Link>
  )
}

function Figures({ balance }: { balance: Balance }) {
  const { available, held, spentThisMonth } = balance
  const whole = balance.balance + spentThisMonth
  const share = (part: bigint) => (whole > 0n ? Number((part * 10_000n) / whole) / 10_000 : 0)
  return (
    <>
      <Line label="Available" amount={available} isMain />
      <Meter
        label="Tokens used this month"
        text={`${formatTokens(spentThisMonth)} spent, ${formatTokens(held)} held, ${formatTokens(available)} available`}
        value={share(spentThisMonth)}
        secondValue={share(held)}
      />
      <Line label="Held" amount={held} />
      <Line label="Spent this month" amount={spentThisMonth} />
    </>
  )
}

function Line({ label, amount, isMain = false }: { label: string; amount: bigint; isMain?: boolean }) {
  return (
    <span className={`flex items-baseline justify-between gap-2 ${isMain ? '' : 'text-muted text-xs'}`}>
      <span className="text-muted text-xs">{label}</span>
      <span className={`figures ${isMain ? 'font-medium text-base' : ''}`}>{formatTokens(amount)}</span>
    </span>
  )
}

function FiguresSkeleton() {
  return (
    <>
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-1 w-full" />
      <Skeleton className="h-3 w-2/3" />
      <Skeleton className="h-3 w-4/5" />
    </>
  )
}
