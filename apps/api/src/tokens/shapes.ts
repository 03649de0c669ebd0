import { z } from 'zod'

/** All in microtokens. `available` = balance − held. */
export const balanceShape = z.object({
  balance: z.bigint(),
  held: z.bigint(),
  available: z.bigint(),
  spentThisMonth: z.bigint(),
})
export type Balance = z.infer<typeof balanceShape>

/** One line of the history as people read it: what changed the balance and by how much. */
export const historyItemShape = z.object({
  id: z.string(),
  at: z.date(),
  kind: z.enum(['grant', 'settle', 'expire']),
  /** Signed, in microtokens: grants add, settlements and expiries take. */
  amount: z.bigint(),
  balanceAfter: z.bigint(),
  description: z.string(),
  holdId: z.string().nullable(),
  pluginId: z.string().nullable(),
})

/** A call from its hold to its end: held = used + returned. */
export const receiptShape = z.object({
  holdId: z.string(),
  state: z.enum(['open', 'settled', 'released', 'expired']),
  held: z.bigint(),
  charged: z.bigint(),
  returned: z.bigint(),
  /** The provider's cost that the platform bore because the result failed. */
  borne: z.bigint(),
  createdAt: z.date(),
  closedAt: z.date().nullable(),
  expiresAt: z.date(),
  createdBy: z.string(),
  pluginId: z.string().nullable(),
  pluginTitle: z.string().nullable(),
  generationId: z.string().nullable(),
  model: z.string().nullable(),
  priceBook: z.string().nullable(),
  isEstimated: z.boolean(),
  /** Line by line: tokens × price = amount. Sums to `charged + borne` unless the hold capped it. */
  lines: z.array(
    z.object({
      meter: z.enum(['input', 'cached input', 'output']),
      tokens: z.number(),
      unitPrice: z.bigint(),
      amount: z.bigint(),
    }),
  ),
})
