import { z } from 'zod'
import { codePoints } from '../code-points.ts'
import { fromPublicId, type IdKind, idPrefixes } from '../ids.ts'
import { findInvisible } from '../invisible.ts'

/** A public id of this kind; the parsed value is the database's uuid. */
export function idInput(kind: IdKind) {
  return z
    .string()
    .max(40)
    .transform((text, ctx) => {
      const uuid = fromPublicId(kind, text)
      if (uuid !== null) return uuid
      ctx.addIssue({ code: 'custom', message: `This is not a ${kind} id (${idPrefixes[kind]}_…).` })
      return z.NEVER
    })
}

/** Made by the client for each act that spends or creates: a retry with the same id never acts twice. */
export const operationId = z.uuid().transform((id) => id.toLowerCase())

/** A page of a list. The cursor is opaque: pass back what the last page gave. */
export const pageInput = {
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(100).default(50),
  /** Sent along by the React binding's infinite queries. Lists go one way only, so it changes nothing. */
  direction: z.enum(['forward', 'backward']).optional(),
}

/** Control characters other than tab and line ends, and lone surrogates: PostgreSQL's text and people's eyes take neither. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is its purpose
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

export function isPlainText(text: string): boolean {
  return text.isWellFormed() && !unprintable.test(text)
}

/**
 * A name that people type: one line in any script, and nothing that cannot be seen, because a name with a text-direction mark
 * or an empty letter shows as another one. `empty` is what they hear when there is none.
 */
export function typedName(empty: string, most: number) {
  return z
    .string()
    .trim()
    .min(1, empty)
    .refine((text) => codePoints(text) <= most, `Use at most ${most} characters.`)
    .refine((text) => text.isWellFormed(), 'Use ordinary characters.')
    .superRefine((text, ctx) => {
      const found = findInvisible(text)
      if (found === null) return
      const before = [...text.slice(0, found.offset)].slice(-12).join('')
      const place = before === '' ? 'at the start' : `after “${before}”`
      ctx.addIssue({
        code: 'custom',
        message: `There is an invisible character (${found.name}) ${place}. Write that part again without it.`,
      })
    })
}
