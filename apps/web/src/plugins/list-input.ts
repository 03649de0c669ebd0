import type { PluginsSearch } from '../search.ts'

/** Which plugins the address asks for. */
export const listOf = ({ state, q, sort }: PluginsSearch) =>
  ({ state: state ?? 'active', search: q ?? '', sort: sort ?? 'updated' }) as const
export type ListChoice = ReturnType<typeof listOf>

/** The input of `plugins.list` for the list. */
export const listInput = (orgId: string, choice: ListChoice) => ({ orgId, ...choice, limit: 25 })

/** Whoever has more plugins than this needs no list of first steps. */
export const beginnersPlugins = 3

/** The input of `plugins.list` for the first steps. */
export const firstStepsInput = (orgId: string) => ({ orgId, limit: beginnersPlugins + 1 })

/** Where this device keeps that somebody hid the first steps. */
export const firstStepsKey = (orgId: string) => `first-steps:${orgId}`

/** The input of `plugins.ended` for what happened since somebody last looked. */
export const endedInput = (orgId: string, since: string) => ({ orgId, since, limit: 3 })
