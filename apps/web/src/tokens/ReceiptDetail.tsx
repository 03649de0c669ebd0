import { tokensText } from '@tallyforge/core/format'
import { formatTokens } from '@tallyforge/core/money'
import { receiptWords } from '@tallyforge/core/tokens/words'
import { Callout } from '@tallyforge/ui/Callout'
import { cn } from '@tallyforge/ui/cn'
import type { Receipt } from '../trpc.ts'
import { ReceiptCalls } from './ReceiptCalls.tsx'
import { ReceiptFacts } from './ReceiptFacts.tsx'
import { ReceiptLines } from './ReceiptLines.tsx'

/** One call from its hold to its end. */
export function ReceiptDetail({ receipt }: { receipt: Receipt }) {
  return (
    <div className="flex flex-col gap-6">
      <div>
        <p className="text-muted text-sm">{receiptWords[receipt.state]}</p>
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
      {receipt.calls.length > 1 && <ReceiptCalls calls={receipt.calls} />}
      <ReceiptFacts receipt={receipt} />
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
