type Key = { orgId: string; pluginId: string }

/** The input of `plugins.generations` for the thread. */
export const generationsInput = (key: Key) => ({ ...key, limit: 20 })

/** The input of `plugins.versions` for the graph. */
export const versionsInput = (key: Key) => ({ ...key, limit: 100 })
