import type { Route } from '../bridge/protocol.ts'
import type { Port } from './port.ts'

/** A prompt that has not been sent. `operationId` names this content: sent twice, it makes one generation. */
export type Draft = { prompt: string; model: string; cap: string; operationId: string }

/** Where the panel can be: wherever the host can lead it, and in a receipt on the way. */
export type Place = Route | { name: 'receipt'; holdId: string; from: Route }

/** What closing and reloading the panel must not lose; everything else is the server's. */
export type Kept = {
  /** Whose it is; null before anybody has signed in. */
  personId: string | null
  route: Place
  /** By plugin; those of new plugins by organization. */
  drafts: Record<string, Draft>
  /** The version that did not build and that the next prompt is to repair, by plugin. */
  repairs: Record<string, string>
}

export const blankDraft = (): Draft => ({ prompt: '', model: '', cap: '', operationId: crypto.randomUUID() })

const home = { name: 'home' } as const
const blank: Kept = { personId: null, route: home, drafts: {}, repairs: {} }

/** Keeps the panel's own state with VS Code, for each server its own, and tells who looks at it. */
export function createKeptState(port: Pick<Port, 'kept' | 'keep'>) {
  const servers = readServers(port.kept())
  let server: string | null = null
  let kept = blank
  const listeners = new Set<() => void>()
  const show = (next: Kept) => {
    kept = next
    for (const listener of listeners) listener()
  }
  const change = (changes: Partial<Kept>) => {
    const next = { ...kept, ...changes }
    if (server !== null) {
      servers.set(server, next)
      port.keep({ servers: Object.fromEntries(servers) })
    }
    show(next)
  }
  return {
    /**
     * Goes on with what was kept for the server at `url`. Before the first time nothing is kept. Who is signed in there (null: nobody
     * yet) finds nothing of anybody else.
     */
    enter: (url: string, personId: string | null) => {
      if (url !== server) {
        server = url
        show(servers.get(url) ?? blank)
      }
      if (personId === null || personId === kept.personId) return
      change(kept.personId === null ? { personId } : { ...blank, personId })
    },
    get: () => kept,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    go: (route: Place) => change({ route }),
    draft: (key: string, draft: Draft) => change({ drafts: { ...kept.drafts, [key]: draft } }),
    repair: (pluginId: string, versionId: string | null) => {
      const { [pluginId]: _, ...others } = kept.repairs
      change({ repairs: versionId === null ? others : { ...others, [pluginId]: versionId } })
    },
    /** The next person at this server finds nothing of this one. */
    forget: () => change(blank),
  }
}
export type KeptState = ReturnType<typeof createKeptState>

/** Whatever an older panel kept: what is not understood is dropped. */
function readServers(stored: unknown): Map<string, Kept> {
  if (!isRecord(stored) || !isRecord(stored.servers)) return new Map()
  return new Map(Object.entries(stored.servers).map(([url, kept]) => [url, readKept(kept)]))
}

function readKept(stored: unknown): Kept {
  if (!isRecord(stored)) return blank
  const { personId, route, drafts, repairs } = stored
  return {
    personId: typeof personId === 'string' ? personId : null,
    route: readPlace(route),
    drafts: isRecord(drafts)
      ? Object.fromEntries(Object.entries(drafts).flatMap(([key, draft]) => readDraft(key, draft)))
      : {},
    repairs: isRecord(repairs)
      ? Object.fromEntries(
          Object.entries(repairs).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
        )
      : {},
  }
}

function readPlace(place: unknown): Place {
  if (isRecord(place) && place.name === 'receipt' && typeof place.holdId === 'string') {
    return { name: 'receipt', holdId: place.holdId, from: readRoute(place.from) }
  }
  return readRoute(place)
}

function readRoute(route: unknown): Route {
  if (!isRecord(route)) return home
  const { name, pluginId, versionId } = route
  if (name === 'create' || name === 'tokens') return { name }
  if (name === 'plugin' && typeof pluginId === 'string') {
    return { name, pluginId, ...(typeof versionId === 'string' ? { versionId } : {}) }
  }
  return home
}

function readDraft(key: string, draft: unknown): [string, Draft][] {
  if (!isRecord(draft)) return []
  const { prompt, model, cap, operationId } = draft
  const texts = [prompt, model, cap, operationId]
  if (!texts.every((text) => typeof text === 'string')) return []
  return [[key, { ...blankDraft(), ...draft }]]
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
