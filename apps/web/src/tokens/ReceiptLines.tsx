import { formatTokens } from '@tallyforge/core/money'
import { meterWords } from '@tallyforge/core/tokens/words'
import { cn } from '@tallyforge/ui/cn'
import { Table, Td, Th } from '@tallyforge/ui/Table'
import type { Receipt } from '../trpc.ts'

/** Tokens × unit price = amount, line by line, down to what was used. */
export function ReceiptLines({ receipt }: { receipt: Receipt }) {
  const { lines, charged, borne } = receipt
  const total = lines.reduce((sum, { amount }) => sum + amount, 0n)
  const unpaid = total - charged - borne
  return (
    <div>
      <h3 className="font-medium text-sm">How it was counted</h3>
      <Table aria-label="Lines of the receipt" className="mt-1">
        <thead>
          <tr>
            <Th className="px-0">Meter</Th>
            <Th className="text-right">Model tokens</Th>
            <Th className="text-right">Unit price</Th>
            <Th className="pr-0 text-right">Tokens</Th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ meter, tokens, unitPrice, amount }) => (
            <tr key={meter}>
              <Td className="h-9 px-0">{meterWords[meter]}</Td>
              <Td className="figures h-9 text-right">{tokens.toLocaleString('en-US')}</Td>
              <Td className="figures h-9 text-right text-muted">× {formatTokens(unitPrice)}</Td>
              <Td className="figures h-9 pr-0 text-right">{formatTokens(amount)}</Td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {borne > 0n && <Total label="Borne by us: the result was not ready" amount={-borne} />}
          {unpaid > 0n && <Total label="Beyond what was held: not charged" amount={-unpaid} />}
          <Total label="Used" amount={charged} isLast />
        </tfoot>
      </Table>
      {receipt.isEstimated && (
        <p className="mt-2 text-faint text-xs">
          The provider reported no usage: counted by us at four characters for each model token.
        </p>
      )}
    </div>
  )
}

function Total({ label, amount, isLast = false }: { label: string; amount: bigint; isLast?: boolean }) {
  return (
    <tr className={isLast ? 'font-medium' : 'text-muted'}>
      <th
        scope="row"
        colSpan={3}
        className={cn('h-9 border-b text-left', isLast ? 'font-medium' : 'font-normal')}
      >
        {label}
      </th>
      <Td className="figures h-9 pr-0 text-right">{formatTokens(amount)}</Td>
    </tr>
  )
}
