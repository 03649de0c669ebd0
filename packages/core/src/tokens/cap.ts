import { microtokensPerToken } from '@tallyforge/core/money'

/** A spending cap as typed: whole tokens, spaces and commas allowed; empty means none. */
export function readCap(typed: string): { cap: bigint | null; error?: string } {
  const digits = typed.replaceAll(/[\s,]/g, '')
  if (digits === '') return { cap: null }
  if (!/^\d{1,12}$/.test(digits)) return { cap: null, error: 'Enter a whole number of tokens.' }
  const cap = BigInt(digits) * microtokensPerToken
  return cap > 0n ? { cap } : { cap: null, error: 'Enter a number above zero.' }
}
