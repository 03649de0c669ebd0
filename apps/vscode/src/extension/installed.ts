import type { ServerUrl } from '@tallyforge/client/server-url'
import type { Memento } from 'vscode'
import type { InstalledVersion } from '../bridge/protocol.ts'
import { createStore, type Store } from './store.ts'

type Remembered = InstalledVersion & { extensionId: string }

export type Installed = {
  /** What is in this VS Code now of the setting's server, by plugin id. */
  state: Store<Record<string, InstalledVersion>>
  of: (pluginId: string) => Remembered | null
  /** `origin` is the server that the plugin came from. */
  add: (origin: string, pluginId: string, installed: Remembered) => Promise<void>
  remove: (origin: string, pluginId: string) => Promise<void>
  /** Compares with the extensions that VS Code has: some may have been uninstalled elsewhere. */
  refresh: () => void
}

type Port = {
  memory: Pick<Memento, 'get' | 'update'>
  serverUrl: () => ServerUrl
  /** Whether VS Code has this extension. */
  isPresent: (extensionId: string) => boolean
  /** In a restricted workspace VS Code hides extensions: what it does not show may be there all the same. */
  isTrusted: () => boolean
}

/** Remembers which generated plugins were installed from here, for each server its own: another one could give the same ids. */
export function createInstalled({ memory, serverUrl, isPresent, isTrusted }: Port): Installed {
  /** Installed, but not yet told by VS Code, which takes a moment. */
  const fresh = new Set<string>()
  const state = createStore<Record<string, InstalledVersion>>({})

  const key = (origin: string) => `installed:${origin}`
  const remembered = (origin: string) => memory.get<Record<string, Remembered>>(key(origin), {})

  function current(): Record<string, Remembered> {
    const { origin } = serverUrl()
    return origin === null ? {} : remembered(origin)
  }

  function refresh() {
    const all = Object.entries(current())
    for (const [, { extensionId }] of all) if (isPresent(extensionId)) fresh.delete(extensionId)
    const present = all.filter(
      ([, { extensionId }]) => isPresent(extensionId) || fresh.has(extensionId) || !isTrusted(),
    )
    const next = Object.fromEntries(
      present.map(([pluginId, { versionId, number }]) => [pluginId, { versionId, number }]),
    )
    if (JSON.stringify(next) !== JSON.stringify(state.get())) state.set(next)
  }

  refresh()
  return {
    state,
    of: (pluginId) => (pluginId in state.get() ? (current()[pluginId] ?? null) : null),
    add: async (origin, pluginId, installed) => {
      fresh.add(installed.extensionId)
      await memory.update(key(origin), { ...remembered(origin), [pluginId]: installed })
      refresh()
    },
    remove: async (origin, pluginId) => {
      const { [pluginId]: gone, ...rest } = remembered(origin)
      if (gone !== undefined) fresh.delete(gone.extensionId)
      await memory.update(key(origin), rest)
      refresh()
    },
    refresh,
  }
}
