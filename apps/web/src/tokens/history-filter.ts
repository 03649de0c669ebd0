import { getRouteApi } from '@tanstack/react-router'
import { useOrg } from '../frame/org.ts'
import type { historyKinds, TokensSearch } from '../search.ts'
import { historyFilterInput } from './history-input.ts'

const route = getRouteApi('/$org/tokens')

/** The part of the address that chooses entries of the history. */
export type HistoryFilter = Pick<TokensSearch, 'kind' | 'plugin' | 'from' | 'to' | 'q' | 'order'>
export type HistoryKind = (typeof historyKinds)[number]

const none: HistoryFilter = {
  kind: undefined,
  plugin: undefined,
  from: undefined,
  to: undefined,
  q: undefined,
}

/** The filter that the address holds, and the ways to change it: each change is a step that Back undoes. */
export function useHistoryFilter() {
  const { org } = useOrg()
  const { kind, plugin, from, to, q, order } = route.useSearch()
  const filter = { kind, plugin, from, to, q, order }
  const navigate = route.useNavigate()
  const set = (changed: HistoryFilter, replace = false) =>
    void navigate({ search: (search) => ({ ...search, ...changed }), replace, resetScroll: false })
  return {
    filter,
    isFiltered: [kind, plugin, from, to, q].some((part) => part !== undefined),
    set,
    clear: () => set(none),
    csvPath: `/api/tokens/history.csv?${new URLSearchParams(
      Object.entries(historyFilterInput(org.id, filter)).filter((part): part is [string, string] =>
        Boolean(part[1]),
      ),
    )}`,
  }
}
