import { DomainError } from '@tallyforge/core/errors'
import superjson, { type SuperJSONResult } from 'superjson'
import { z } from 'zod'

/**
 * The types beyond JSON that our inputs have. superjson would make more of what a stranger writes: arrays of any length
 * from one number, regular expressions, errors.
 */
const leaf = z.tuple([z.enum(['bigint', 'undefined', 'Date'])])
const envelope = z.object({
  json: z.unknown(),
  meta: z
    .object({ values: z.union([leaf, z.record(z.string(), leaf)]).optional(), v: z.number().optional() })
    .optional(),
})

/**
 * Reads what a client's superjson wrote. `referentialEqualities` is passed over: clients write every copy in full, and no
 * input needs two names for one object. @throws invalid_input
 */
export function readInput(written: unknown): unknown {
  const parsed = envelope.safeParse(written)
  if (!parsed.success) throw notReadable(parsed.error)
  const { json, meta } = parsed.data
  if (!isPlain(json) || !hasShortLeaves(json, meta?.values ?? {})) throw notReadable()
  try {
    return superjson.deserialize(parsed.data as SuperJSONResult)
  } catch (cause) {
    throw notReadable(cause)
  }
}

/** Deeper than any input of ours; what walks it after us may recurse. */
const deepest = 32

/** Whether there is no `__proto__` in it, which copies would take for the prototype itself, and no endless nesting. */
function isPlain(json: unknown): boolean {
  let level = [json]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return false
    const objects = level.filter((value) => typeof value === 'object' && value !== null)
    if (objects.some((value) => Object.hasOwn(value, '__proto__'))) return false
    level = objects.flatMap((value) => Object.values(value))
  }
  return true
}

/** Longer than any number or date of ours: a bigint of millions of digits would keep everybody waiting for seconds. */
const longestLeaf = 40

/** Whether everything that becomes a bigint or a date is a short text, at a path that can be read in one way only. */
function hasShortLeaves(
  json: unknown,
  values: z.output<typeof leaf> | Record<string, z.output<typeof leaf>>,
) {
  if (Array.isArray(values)) return values[0] === 'undefined' || isShortText(json)
  return Object.entries(values).every(
    ([path, [type]]) =>
      type === 'undefined' || (/^\w+(?:\.\w+)*$/.test(path) && isShortText(valueAt(json, path))),
  )
}

const isShortText = (value: unknown) => typeof value === 'string' && value.length <= longestLeaf

function valueAt(json: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], json)
}

function notReadable(cause?: unknown): DomainError {
  return new DomainError('invalid_input', 'The input is not written as superjson writes it.', { cause })
}
