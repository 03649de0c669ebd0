import { z } from 'zod'

const microtokenText = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt)
const modelPriceJson = z.strictObject({
  input: microtokenText,
  cachedInput: microtokenText,
  output: microtokenText,
})

/** A price book as the database keeps it: microtokens as decimal strings, because JSON has no bigint. */
export const priceBookJson = z.strictObject({
  standard: modelPriceJson,
  models: z.record(z.string(), modelPriceJson),
})
