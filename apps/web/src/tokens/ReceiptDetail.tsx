import { formatTokens } from '@tallyforge/core/money'
import { Callout } from '@tallyforge/ui/Callout'
import { CopyButton } from '@tallyforge/ui/CopyButton'
import { cn } from '@tallyforge/ui/cn'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { timeText, tokensText } from '../format.ts'
import { useOrg } from '../frame/org.ts'
import type { Receipt } from '../trpc.ts'
import { ReceiptLines } from './ReceiptLines.tsx'

const stateWords: Record<Receipt['state'], string> = {
  open: 'Running: the tokens are held',
  settled: 'Settled',
  released: 'Released: nothing was charged',
  expired: 'Expired: nothing was charged',
}

/** One call from its hold to its end. */
export function ReceiptDetail({ receipt }: { receipt: Receipt }) {
  const { org, session } = useOrg()
  return (
    <div className="flex flex-col gap-6">
      <div>
        <p className="text-muted text-sm">{stateWords[receipt.state]}</p>
        <p className="figures mt-1 font-medium text-2xl">{tokensText(receipt.charged)}</p>
      </div>
      <dl className="overflow-hidden rounded-md border">
        <Amount label="Held" amount={receipt.held} />
        <Amount label="Used" amount={receipt.charged} sign="−" />
        <Amount label="Returned" amount={receipt.returned} isTotal />
      </dl>
      {receipt.borne > 0n && (
        <Callout title="You were not charged">
          The result was not ready. The {tokensText(receipt.borne)} that the model used are on us.
        </Callout>
      )}
      {receipt.lines.length > 0 && <ReceiptLines receipt={receipt} />}
      <dl className="flex flex-col gap-2.5 text-sm">
        {receipt.pluginId && (
          <Fact label="Plugin">
            <Link
              to="/$org/plugins/$plugin"
              params={{ org: org.slug, plugin: receipt.pluginId }}
              className="underline decoration-line-strong underline-offset-4 hover:decoration-accent"
            >
              {receipt.pluginTitle ?? receipt.pluginId}
            </Link>
          </Fact>
        )}
        {receipt.model && <Fact label="Model">{receipt.model}</Fact>}
        {receipt.priceBook && <Fact label="Price book">{receipt.priceBook}</Fact>}
        <Fact label="Who">
          {receipt.createdBy === session.user.id ? session.user.name : receipt.createdBy}
        </Fact>
        <Fact label="Held">{timeText(receipt.createdAt)}</Fact>
        <Fact label="Closed">{receipt.closedAt ? timeText(receipt.closedAt) : 'Not yet'}</Fact>
        <Fact label="Hold">
          <span className="inline-flex min-w-0 items-center gap-1">
            <span className="truncate font-mono text-xs">{receipt.holdId}</span>
            <CopyButton text={receipt.holdId} label="Copy id" />
          </span>
        </Fact>
      </dl>
    </div>
  )
}

type AmountProps = { label: string; amount: bigint; sign?: string; isTotal?: boolean }

function Amount({ label, amount, sign = '', isTotal = false }: AmountProps) {
  return (
    <div className={cn('flex justify-between px-3 py-2', isTotal && 'border-t bg-sunken font-medium')}>
      <dt className={isTotal ? '' : 'text-muted'}>{label}</dt>
      <dd className="figures">
        {amount > 0n && sign}
        {formatTokens(amount)}
      </dd>
    </div>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-6 items-center justify-between gap-6">
      <dt className="shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 truncate text-right">{children}</dd>
    </div>
  )
}
