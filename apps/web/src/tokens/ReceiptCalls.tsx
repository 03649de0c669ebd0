import { durationText } from '@tallyforge/core/format'
import { formatTokens } from '@tallyforge/core/money'
import { Table, Td, Th } from '@tallyforge/ui/Table'
import type { Receipt } from '../trpc.ts'

/** The model calls behind a receipt that has more than one: the first and its repairs. */
export function ReceiptCalls({ calls }: { calls: Receipt['calls'] }) {
  return (
    <div>
      <h3 className="font-medium text-sm">Calls to the model</h3>
      <Table aria-label="Calls to the model" className="mt-1">
        <thead>
          <tr>
            <Th className="px-0">Call</Th>
            <Th className="text-right">In</Th>
            <Th className="text-right">Out</Th>
            <Th className="text-right">Took</Th>
            <Th className="pr-0 text-right">Tokens</Th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr key={call.attempt}>
              <Td className="h-9 px-0">{call.attempt === 1 ? 'First' : `Repair ${call.attempt - 1}`}</Td>
              <Td className="figures h-9 text-right">{call.inputTokens.toLocaleString('en-US')}</Td>
              <Td className="figures h-9 text-right">{call.outputTokens.toLocaleString('en-US')}</Td>
              <Td className="figures h-9 whitespace-nowrap text-right text-muted">
                {durationText(call.durationMs)}
              </Td>
              <Td className="figures h-9 pr-0 text-right">{formatTokens(call.cost)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
