import { readError } from './errors.ts'

/** Asked again when the answer may differ: never for what the caller did wrong. */
const mayRecover = new Set(['offline', 'unavailable', 'internal'])

/** How the clients with a cache ask: the dashboard, and the panel of VS Code. */
export const queryDefaults = {
  staleTime: 30_000,
  retry: (count: number, error: unknown) => count < 2 && mayRecover.has(readError(error).kind),
  // What a page knows of the network says nothing: the server may be on this machine, or reached by the editor.
  networkMode: 'always',
} as const

/** A query's key as JSON can carry it: amounts are bigints, which it has none of. */
export function jsonKey(key: readonly unknown[]): readonly unknown[] {
  const text = JSON.stringify(key, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
  return JSON.parse(text)
}
