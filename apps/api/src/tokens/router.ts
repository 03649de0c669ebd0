import { burnDownInput, historyInput, receiptInput } from '@tallyforge/core/inputs/tokens'
import { z } from 'zod'
import { org, orgInput } from '../trpc.ts'
import { readBalance } from './balance.ts'
import { readBurnDown } from './burn-down.ts'
import { listHistory } from './history.ts'
import { showReceipt } from './receipts.ts'
import { balanceShape, burnDownShape, historyItemShape, receiptShape } from './shapes.ts'

export const tokensRouter = {
  balance: org('tokens.read')
    .input(orgInput(z.strictObject({})))
    .output(balanceShape)
    .query(({ ctx }) => ctx.org.tx(readBalance)),

  /** A month of the balance, day by day. */
  burnDown: org('tokens.read')
    .input(orgInput(burnDownInput))
    .output(burnDownShape)
    .query(({ ctx, input }) => ctx.org.tx((tx) => readBurnDown(tx, input))),

  /** What changed the balance. The same as a file: GET /api/tokens/history.csv. */
  history: org('tokens.read')
    .input(orgInput(historyInput))
    .output(z.object({ items: z.array(historyItemShape), nextCursor: z.string().nullable() }))
    .query(({ ctx, input }) => ctx.org.tx((tx) => listHistory(tx, input))),

  /** One call from its hold to its end, line by line. */
  receipt: org('tokens.read')
    .input(orgInput(receiptInput))
    .output(receiptShape)
    .query(({ ctx, input }) => showReceipt(ctx, input.holdId)),
}
