import { signInInput, signUpInput } from '@tallyforge/core/inputs/auth'
import { open, openAlone } from '../trpc.ts'
import { describeSession, signIn, signOut, signUp } from './accounts.ts'
import { sessionShape } from './shapes.ts'

export const authRouter = {
  /** Who is signed in; null for nobody. */
  session: open.output(sessionShape.nullable()).query(async ({ ctx }) => {
    const session = await ctx.session()
    return session === null ? null : describeSession(ctx.deps.db, session)
  }),

  signUp: openAlone
    .input(signUpInput)
    .output(sessionShape)
    .mutation(({ ctx, input }) => signUp(ctx, input)),

  signIn: openAlone
    .input(signInInput)
    .output(sessionShape)
    .mutation(({ ctx, input }) => signIn(ctx, input)),

  signOut: openAlone.mutation(({ ctx }) => signOut(ctx)),
}
