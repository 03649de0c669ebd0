import { z } from 'zod'
import { codePoints, isPlainText } from './common.ts'

/**
 * An e-mail address in the one form that is stored and compared: NFKC, lower case. Refused when normalization makes an
 * `@` appear or move (look-alike characters), see the incident of next-auth GHSA-7rqj-j65f-68wh.
 */
export const emailInput = z
  .string()
  .trim()
  .max(254, 'An e-mail address has at most 254 characters.')
  .transform((text, ctx) => {
    const normal = text.isWellFormed() ? text.normalize('NFKC') : ''
    const ats = (value: string) => value.split('@').length - 1
    if (ats(text) === 1 && ats(normal) === 1 && text.indexOf('@') > 0) return normal.toLowerCase()
    ctx.addIssue({ code: 'custom', message: 'Enter an e-mail address such as ada@example.com.' })
    return z.NEVER
  })
  // Once more: one character may become eighteen.
  .pipe(
    z
      .email('Enter an e-mail address such as ada@example.com.')
      .max(254, 'An e-mail address has at most 254 characters.'),
  )

export const passwordInput = z
  .string()
  .refine((text) => text.isWellFormed(), 'Use ordinary characters.')
  .refine((text) => codePoints(text) >= 10, 'Use at least 10 characters.')
  // A bound on hashing work; far above what a person types.
  .refine((text) => text.length <= 200, 'Use at most 200 characters.')

export const nameInput = z
  .string()
  .trim()
  .min(1, 'Enter your name.')
  .refine((text) => codePoints(text) <= 100, 'Use at most 100 characters.')
  .refine((text) => isPlainText(text) && !/[\n\r\t]/.test(text), 'Use ordinary characters.')

export const signUpInput = z.strictObject({ email: emailInput, password: passwordInput, name: nameInput })

/** Sign-in takes any text as a password: rules of today must not lock out a password of yesterday. */
export const signInInput = z.strictObject({
  email: emailInput,
  password: z.string().min(1, 'Enter your password.').max(200, 'Use at most 200 characters.'),
})
