import { z } from 'zod'
import { idInput, isPlainText, pageInput } from './common.ts'
import { modelId } from './plugins.ts'

/** What changes a balance, as people filter by it. */
export const entryKinds = ['grant', 'settle', 'expire'] as const
export type EntryKind = (typeof entryKinds)[number]

export const entryOrders = ['newest', 'oldest'] as const
export type EntryOrder = (typeof entryOrders)[number]

/** A month of UTC days, `2026-03`. */
export const monthInput = z.string().regex(/^2\d{3}-(?:0[1-9]|1[0-2])$/, 'Write the month as YYYY-MM.')

/** A UTC day, `2026-03-31`. */
export const dayInput = z.iso
  .date('Write the day as YYYY-MM-DD.')
  .refine((day) => day.startsWith('2'), 'Choose a day from the year 2000 on.')

/** Which entries of the history: the list and the CSV take the same. Nothing set is everything. */
export const historyFilterInput = z.strictObject({
  kind: z.enum(entryKinds).nullish(),
  /** Calls for this plugin. */
  pluginId: idInput('plugin').nullish(),
  /** Calls to this model. */
  model: modelId.nullish(),
  /** Calls that this person made. */
  createdBy: idInput('user').nullish(),
  /** The first day. */
  from: dayInput.nullish(),
  /** The last day, itself included. */
  to: dayInput.nullish(),
  /** Words of the entry's description, as they stand there. */
  search: z.string().trim().max(200).refine(isPlainText, 'Use ordinary characters.').default(''),
  order: z.enum(entryOrders).default('newest'),
})

export const historyInput = historyFilterInput.extend(pageInput)
export const receiptInput = z.strictObject({ holdId: idInput('hold') })
/** Absent: the month that is running. */
export const burnDownInput = z.strictObject({ month: monthInput.nullish() })
