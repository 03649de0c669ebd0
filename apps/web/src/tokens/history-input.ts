import type { TokensSearch } from '../search.ts'

/** What the history and its file are filtered by: the part of the address that chooses entries, as the API takes it. */
export const historyFilterInput = (orgId: string, { kind, plugin, from, to, q, order }: TokensSearch) =>
  ({ orgId, kind, pluginId: plugin, from, to, search: q ?? '', order: order ?? 'newest' }) as const

/** The input of `tokens.history`. */
export const historyInput = (orgId: string, search: TokensSearch) => ({
  ...historyFilterInput(orgId, search),
  limit: 50,
})
