import { planIds } from '@tallyforge/core/plans'
import { staffLevels } from '@tallyforge/core/staff'
import { z } from 'zod'

export const userShape = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  staffLevel: z.enum(staffLevels).nullable(),
  createdAt: z.date(),
  suspendedAt: z.date().nullable(),
})

export const staffShape = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  level: z.enum(staffLevels),
  /** When they got this level; null for those who had it before this was kept. */
  since: z.date().nullable(),
  suspendedAt: z.date().nullable(),
})

export const orgShape = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  plan: z.enum(planIds),
  isPersonal: z.boolean(),
  members: z.number(),
  /** Microtokens. */
  balance: z.bigint(),
  /** Microtokens, set aside for calls that run. */
  held: z.bigint(),
  createdAt: z.date(),
})
