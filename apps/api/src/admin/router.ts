import { adminListInput, grantTokensInput, staffEmailInput, staffInput } from '@tallyforge/core/inputs/admin'
import { z } from 'zod'
import { staff } from '../trpc.ts'
import { grantByStaff } from './grants.ts'
import { listOrgs } from './orgs.ts'
import { orgShape, staffShape, userShape } from './shapes.ts'
import { grantStaff, listStaff, revokeStaff } from './staff.ts'
import { listUsers } from './users.ts'

export const adminRouter = {
  users: {
    list: staff('support')
      .input(adminListInput)
      .output(z.object({ items: z.array(userShape), nextCursor: z.string().nullable() }))
      .query(({ ctx, input }) => listUsers(ctx.deps.db, input)),
  },

  orgs: {
    list: staff('support')
      .input(adminListInput)
      .output(z.object({ items: z.array(orgShape), nextCursor: z.string().nullable() }))
      .query(({ ctx, input }) => listOrgs(ctx.deps.db, input)),
  },

  tokens: {
    /** Adds tokens to an org's wallet. The same operation id grants once. */
    grant: staff('admin')
      .input(grantTokensInput)
      .output(z.object({ balance: z.bigint() }))
      .mutation(({ ctx, input }) => grantByStaff(ctx, input)),
  },

  staff: {
    list: staff('admin')
      .input(adminListInput)
      .output(z.object({ items: z.array(staffShape), nextCursor: z.string().nullable() }))
      .query(({ ctx, input }) => listStaff(ctx.deps.db, input)),

    grant: staff('admin')
      .input(staffInput)
      .mutation(({ ctx, input }) => grantStaff(ctx, input)),

    revoke: staff('admin')
      .input(staffEmailInput)
      .mutation(({ ctx, input }) => revokeStaff(ctx, input)),
  },
}
