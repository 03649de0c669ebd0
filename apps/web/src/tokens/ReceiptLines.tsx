import { formatTokens } from '@tallyforge/core/money'
import { Table, Td, Th } from '@tallyforge/ui/Table'
import type { Receipt } from '../trpc.ts'

const meterWords = { input: 'Input', 'cached input': 'Cached input', output: 'Output' } as const

/** Tokens × unit price = amount, line by line. */
export function ReceiptLines({ receipt }: { receipt: Receipt }) {
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
          {receipt.lines.map(({ meter, tokens, unitPrice, amount }) => (
            <tr key={meter}>
              <Td className="h-9 px-0">{meterWords[meter]}</Td>
              <Td className="figures h-9 text-right">{tokens.toLocaleString('en-US')}</Td>
              <Td className="figures h-9 text-right text-muted">× {formatTokens(unitPrice)}</Td>
              <Td className="figures h-9 pr-0 text-right">{formatTokens(amount)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {receipt.isEstimated && (
        <p className="mt-2 text-faint text-xs">
          The provider reported no usage: counted by us at four characters for each model token.
        </p>
      )}
    </div>
  )
}
