import { entryKinds } from '@tallyforge/core/inputs/tokens'
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
  kind: z.enum(entryKinds),
  /** Signed, in microtokens: grants add, settlements and expiries take. */
  amount: z.bigint(),
  balanceAfter: z.bigint(),
  description: z.string(),
  /** The call's receipt; null for what no call did. */
  holdId: z.string().nullable(),
  /** Who made the call. */
  createdBy: z.string().nullable(),
  pluginId: z.string().nullable(),
  pluginTitle: z.string().nullable(),
  model: z.string().nullable(),
})
export type HistoryItem = z.infer<typeof historyItemShape>

/** A month of the balance by UTC days, in microtokens. Days that have not begun are not in it. */
export const burnDownShape = z.object({
  /** `2026-03` */
  month: z.string(),
  /** The month of the first entry; the running one while there is none. */
  firstMonth: z.string(),
  /** The balance at the month's start. */
  opening: z.bigint(),
  granted: z.bigint(),
  spent: z.bigint(),
  expired: z.bigint(),
  days: z.array(
    z.object({
      /** `2026-03-31` */
      date: z.string(),
      granted: z.bigint(),
      spent: z.bigint(),
      expired: z.bigint(),
      /** At the day's end; of today, now. */
      balance: z.bigint(),
    }),
  ),
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
  /** Null for somebody who has left the organization. */
  createdByName: z.string().nullable(),
  pluginId: z.string().nullable(),
  pluginTitle: z.string().nullable(),
  generationId: z.string().nullable(),
  model: z.string().nullable(),
  priceBook: z.string().nullable(),
  /** The model calls behind it: the first and its repairs. Their costs sum to the lines' amounts. */
  calls: z.array(
    z.object({
      attempt: z.number(),
      model: z.string(),
      inputTokens: z.number(),
      cachedInputTokens: z.number(),
      outputTokens: z.number(),
      durationMs: z.number(),
      cost: z.bigint(),
    }),
  ),
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
