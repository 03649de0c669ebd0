import { formatTokens, microtokensPerToken } from '@tallyforge/core/money'
import { cn } from '@tallyforge/ui/cn'
import { Meter } from '@tallyforge/ui/Meter'
import { Skeleton } from '@tallyforge/ui/Skeleton'
import { Link } from '@tanstack/react-router'
import { type Balance, trpc } from '../trpc.ts'
import { useOrg } from './org.ts'

type BalanceMeterProps = { isCollapsed: boolean; onNavigate: (() => void) | undefined }

/** What can be spent, at the foot of the rail. The live stream keeps it true. */
export function BalanceMeter({ isCollapsed, onNavigate }: BalanceMeterProps) {
  const { org } = useOrg()
  const { data: balance } = trpc.tokens.balance.useQuery({ orgId: org.id })
  return (
    <Link
      to="/$org/tokens"
      params={{ org: org.slug }}
      onClick={onNavigate}
      className={cn(
        'flex flex-col rounded-md transition-colors hover:bg-hover',
        isCollapsed ? 'min-h-9 items-center gap-1 py-2' : 'min-h-[104px] gap-1.5 p-2',
      )}
    >
      {isCollapsed ? <ShortFigure balance={balance} /> : <Figures balance={balance} />}
    </Link>
  )
}

const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })

/** Rounded, for a rail of one icon's width; the whole amount stands in the title. */
function ShortFigure({ balance }: { balance: Balance | undefined }) {
  if (balance === undefined) return <Skeleton className="h-4 w-8" />
  const exact = `${formatTokens(balance.available)} tokens available`
  return (
    <span title={exact} className="figures font-medium text-xs">
      <span className="sr-only">{exact}</span>
      <span aria-hidden>{short.format(Number(balance.available / microtokensPerToken))}</span>
    </span>
  )
}

function Figures({ balance }: { balance: Balance | undefined }) {
  if (balance === undefined) return <FiguresSkeleton />
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
