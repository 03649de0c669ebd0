import { historyInput, receiptInput } from '@tallyforge/core/inputs/tokens'
import { z } from 'zod'
import { org, orgInput } from '../trpc.ts'
import { readBalance } from './balance.ts'
import { listHistory } from './history.ts'
import { readReceipt } from './receipts.ts'
import { balanceShape, historyItemShape, receiptShape } from './shapes.ts'

export const tokensRouter = {
  balance: org('tokens.read')
    .input(orgInput(z.strictObject({})))
    .output(balanceShape)
    .query(({ ctx }) => ctx.org.tx(readBalance)),

  history: org('tokens.read')
    .input(orgInput(historyInput))
    .output(z.object({ items: z.array(historyItemShape), nextCursor: z.string().nullable() }))
    .query(({ ctx, input }) => ctx.org.tx((tx) => listHistory(tx, input))),

  /** One call from its hold to its end, line by line. */
  receipt: org('tokens.read')
    .input(orgInput(receiptInput))
    .output(receiptShape)
    .query(({ ctx, input }) => ctx.org.tx((tx) => readReceipt(tx, input.holdId))),
}
