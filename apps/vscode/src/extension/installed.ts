import type { InstalledVersion } from '../bridge/protocol.ts'
import { createStore, type Store } from './store.ts'

type Remembered = InstalledVersion & { extensionId: string }

export type Installed = {
  /** What is in this VS Code now, by plugin id. */
  state: Store<Record<string, InstalledVersion>>
  of: (pluginId: string) => Remembered | null
  add: (pluginId: string, installed: Remembered) => Promise<void>
  remove: (pluginId: string) => Promise<void>
  /** Compares with the extensions that VS Code has: some may have been uninstalled elsewhere. */
  refresh: () => void
}

type Port = {
  memory: { get: () => Record<string, Remembered>; set: (all: Record<string, Remembered>) => Promise<void> }
  /** Whether VS Code has this extension. */
  isPresent: (extensionId: string) => boolean
  /** In a restricted workspace VS Code hides extensions: what it does not show may be there all the same. */
  isTrusted: () => boolean
}

/** Remembers which generated plugins were installed from here. */
export function createInstalled({ memory, isPresent, isTrusted }: Port): Installed {
  /** Installed, but not yet told by VS Code, which takes a moment. */
  const fresh = new Set<string>()
  const state = createStore<Record<string, InstalledVersion>>({})

  function refresh() {
    const all = Object.entries(memory.get())
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
    of: (pluginId) => (pluginId in state.get() ? (memory.get()[pluginId] ?? null) : null),
    add: async (pluginId, installed) => {
      fresh.add(installed.extensionId)
      await memory.set({ ...memory.get(), [pluginId]: installed })
      refresh()
    },
    remove: async (pluginId) => {
      const { [pluginId]: gone, ...rest } = memory.get()
      if (gone !== undefined) fresh.delete(gone.extensionId)
      await memory.set(rest)
      refresh()
    },
    refresh,
  }
}
