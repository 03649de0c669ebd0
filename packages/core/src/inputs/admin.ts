import { z } from 'zod'
import { tokens } from '../money.ts'
import { staffLevels } from '../staff.ts'
import { emailInput } from './auth.ts'
import { idInput, isPlainText, operationId, pageInput, typedName } from './common.ts'
import { dayInput } from './tokens.ts'

/** A list of the whole platform, newest first. `search`: part of an address, a name or a slug. */
export const adminListInput = z.strictObject({
  ...pageInput,
  limit: z.int().min(1).max(500).default(50),
  search: z.string().trim().max(200).refine(isPlainText, 'Use ordinary characters.').default(''),
})

/** More than any plan or purchase gives at once: past it a number is a slip of the finger. */
const mostGranted = tokens(1_000_000_000)

export const grantTokensInput = z.strictObject({
  orgId: idInput('org'),
  operationId,
  /** Microtokens. */
  amount: z
    .bigint()
    .min(1n, 'Grant more than zero tokens.')
    .max(mostGranted, 'Grant at most 1,000,000,000 tokens at once.'),
  /** What the org reads in its history. */
  description: typedName('Say what the tokens are for; the organization reads it in its history.', 200),
  /** The last UTC day on which they can be spent. Absent: they never expire. */
  lastDay: dayInput.nullish(),
})

export const staffInput = z.strictObject({ email: emailInput, level: z.enum(staffLevels) })
export const staffEmailInput = z.strictObject({ email: emailInput })
