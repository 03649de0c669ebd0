import { roles } from '@tallyforge/core/orgs/roles'
import { planIds } from '@tallyforge/core/plans'
import { z } from 'zod'

export const sessionShape = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string() }),
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
