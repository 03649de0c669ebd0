import { z } from 'zod'
import { codePoints } from '../code-points.ts'
import { typedName } from './common.ts'

/**
 * An email address in the one form that is stored and compared: NFKC, lower case. Refused when normalization makes an
 * `@` appear or move (look-alike characters), see the incident of next-auth GHSA-7rqj-j65f-68wh.
 */
export const emailInput = z
  .string()
  .trim()
  .max(254, 'An email address has at most 254 characters.')
  .transform((text, ctx) => {
    const normal = text.isWellFormed() ? text.normalize('NFKC') : ''
    const ats = (value: string) => value.split('@').length - 1
    if (ats(text) === 1 && ats(normal) === 1 && text.indexOf('@') > 0) return normal.toLowerCase()
    ctx.addIssue({ code: 'custom', message: 'Enter an email address such as ada@example.com.' })
    return z.NEVER
  })
  // Once more: one character may become eighteen.
  .pipe(
    z
      .email('Enter an email address such as ada@example.com.')
      .max(254, 'An email address has at most 254 characters.'),
  )

export const passwordInput = z
  .string()
  .refine((text) => text.isWellFormed(), 'Use ordinary characters.')
  .refine((text) => codePoints(text) >= 10, 'Use at least 10 characters.')
  // A bound on hashing work; far above what a person types.
  .refine((text) => text.length <= 200, 'Use at most 200 characters.')

export const nameInput = typedName('Enter your name.', 100)

export const signUpInput = z.strictObject({ email: emailInput, password: passwordInput, name: nameInput })

/** Sign-in takes any text as a password: rules of today must not lock out a password of yesterday. */
export const signInInput = z.strictObject({
  email: emailInput,
  password: z.string().min(1, 'Enter your password.').max(200, 'Use at most 200 characters.'),
})

export const profileInput = z.strictObject({ name: nameInput })

export const changePasswordInput = z
  .strictObject({ currentPassword: signInInput.shape.password, newPassword: passwordInput })
  .refine(({ currentPassword, newPassword }) => currentPassword !== newPassword, {
    path: ['newPassword'],
    message: 'Choose a password that is not the current one.',
  })

/** How a device calls itself, such as "VS Code on ada-laptop": the person who lets it in reads it. */
export const deviceStartInput = z.strictObject({ label: typedName('Name the device.', 60) })
export const devicePollInput = z.strictObject({ deviceCode: z.string().regex(/^[a-z0-9]{40}$/) })

/** As people type it: any case, with or without the hyphen. */
const userCode = z
  .string()
  .max(40)
  .transform((text) => text.toUpperCase().replaceAll(/[\s-]/g, ''))
  .refine(
    (text) => /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/.test(text),
    'Enter the eight letters that the device shows.',
  )

export const deviceCodeInput = z.strictObject({ userCode })

/** A session as its list names it: the hash of its token, which opens nothing. */
export const sessionInput = z.strictObject({ sessionId: z.string().regex(/^[0-9a-f]{64}$/) })
