import {
  changePasswordInput,
  deviceCodeInput,
  devicePollInput,
  deviceStartInput,
  profileInput,
  sessionInput,
  signInInput,
  signUpInput,
} from '@tallyforge/core/inputs/auth'
import { z } from 'zod'
import { authed, authedAlone, open, openAlone } from '../trpc.ts'
import { describeSession, signIn, signOut, signUp } from './accounts.ts'
import { decideDevice, describeDevice, pollDevice, startDevice } from './device.ts'
import { changePassword, updateProfile } from './profile.ts'
import { listSessions, revokeSession } from './session-list.ts'
import { devicePollShape, deviceStartShape, openSessionShape, sessionShape } from './shapes.ts'

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

  updateProfile: authed
    .input(profileInput)
    .output(sessionShape.shape.user)
    .mutation(({ ctx, input }) => updateProfile(ctx, input)),

  /** Ends every session of the person and begins a new one here. */
  changePassword: authedAlone
    .input(changePasswordInput)
    .output(sessionShape)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),

  /** The person's open sessions, of browsers and of devices. */
  sessions: authed.output(z.array(openSessionShape)).query(({ ctx }) => listSessions(ctx)),

  revokeSession: authed.input(sessionInput).mutation(({ ctx, input }) => revokeSession(ctx, input)),

  /** Sign-in of what has no browser of its own (RFC 8628): start and poll on the device, approve in a browser. */
  device: {
    start: openAlone
      .input(deviceStartInput)
      .output(deviceStartShape)
      .mutation(({ ctx, input }) => startDevice(ctx, input)),

    poll: openAlone
      .input(devicePollInput)
      .output(devicePollShape)
      .mutation(({ ctx, input }) => pollDevice(ctx, input)),

    /** Which device waits under a code. A mutation, because a code in an address would be kept by histories and logs. */
    describe: authedAlone
      .input(deviceCodeInput)
      .output(z.object({ label: z.string(), createdAt: z.date() }))
      .mutation(({ ctx, input }) => describeDevice(ctx, input)),

    approve: authedAlone
      .input(deviceCodeInput)
      .output(z.object({ label: z.string() }))
      .mutation(({ ctx, input }) => decideDevice(ctx, input, 'approved')),

    deny: authedAlone
      .input(deviceCodeInput)
      .output(z.object({ label: z.string() }))
      .mutation(({ ctx, input }) => decideDevice(ctx, input, 'denied')),
  },
}
