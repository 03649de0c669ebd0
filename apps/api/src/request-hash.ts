import { createHash } from 'node:crypto'

/**
 * The fingerprint of what was asked for under an operation id: the same id with another fingerprint is a conflict, not a
 * replay. Keys are sorted, bigints written as text.
 */
export function requestHash(act: string, input: Record<string, unknown>): Buffer {
  const canonical = JSON.stringify([act, input], (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
  return createHash('sha256').update(canonical).digest()
}
