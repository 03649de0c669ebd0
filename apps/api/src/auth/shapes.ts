import { roles } from '@tallyforge/core/orgs/roles'
import { planIds } from '@tallyforge/core/plans'
import { staffLevels } from '@tallyforge/core/staff'
import { z } from 'zod'

export const sessionShape = z.object({
  user: z.object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    /** Null for everybody who is not staff. */
    staffLevel: z.enum(staffLevels).nullable(),
  }),
  /** The orgs this person belongs to, the personal one first. */
  orgs: z.array(
    z.object({
      id: z.string(),
      slug: z.string(),
      name: z.string(),
      plan: z.enum(planIds),
      role: z.enum(roles),
      isPersonal: z.boolean(),
    }),
  ),
  expiresAt: z.date(),
})

export const deviceStartShape = z.object({
  deviceCode: z.string(),
  /** What the device shows, such as `BCDF-GHJK`. */
  userCode: z.string(),
  verificationUrl: z.string(),
  /** The same with the code filled in. */
  verificationUrlComplete: z.string(),
  expiresInSeconds: z.number(),
  /** Seconds to wait between two questions. */
  intervalSeconds: z.number(),
})

export const devicePollShape = z.discriminatedUnion('status', [
  z.object({ status: z.enum(['pending', 'slow_down', 'denied', 'expired']) }),
  z.object({ status: z.literal('approved'), token: z.string(), expiresAt: z.date() }),
])

export const openSessionShape = z.object({
  id: z.string(),
  kind: z.enum(['browser', 'device']),
  label: z.string().nullable(),
  createdAt: z.date(),
  expiresAt: z.date(),
  isCurrent: z.boolean(),
})
