import type { Plugin, Version } from '@tallyforge/client/outputs'
import { DomainError } from '@tallyforge/core/errors'
import { timeAgo } from '@tallyforge/core/format'
import { window } from 'vscode'
import type { Plugins } from './plugins.ts'

/** Which plugins a person may choose from. */
export type Choice = { state?: Plugin['state']; isFit?: (plugin: Plugin) => boolean }

/** Lets a person choose one of the org's plugins, the latest change first. Null when they changed their mind. */
export async function pickPlugin(
  plugins: Plugins,
  title: string,
  { state = 'active', isFit = () => true }: Choice = {},
): Promise<Plugin | null> {
  const all = (await readAll((cursor) => plugins.list(cursor, state))).filter(isFit)
  if (all.length === 0) {
    const reason =
      state === 'active' ? 'There is no plugin for this yet. Create one first.' : 'No plugin is archived.'
    throw new DomainError('not_found', reason)
  }
  const items = all.map((plugin) => ({
    label: plugin.title,
    description: plugin.readyVersion === null ? 'not ready' : `v${plugin.readyVersion.number}`,
    detail: plugin.description,
    plugin,
  }))
  const chosen = await window.showQuickPick(items, { title, matchOnDetail: true })
  return chosen?.plugin ?? null
}

/** Lets a person choose one version of a plugin. Null when they changed their mind. */
export async function pickVersion(
  plugins: Plugins,
  pluginId: string,
  title: string,
  isFit: (version: Version) => boolean = () => true,
): Promise<Version | null> {
  const all = (await readAll((cursor) => plugins.versions(pluginId, cursor))).filter(isFit)
  if (all.length === 0) throw new DomainError('not_found', 'This plugin has no version for this yet.')
  const items = all.map((version) => ({
    label: `v${version.number}`,
    description: `${version.state} · ${timeAgo(version.createdAt, new Date())}`,
    detail: version.label,
    version,
  }))
  const chosen = await window.showQuickPick(items, { title, matchOnDetail: true })
  return chosen?.version ?? null
}

async function readAll<Item>(
  page: (cursor: string | null) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | null = null
  do {
    const answer = await page(cursor)
    items.push(...answer.items)
    cursor = answer.nextCursor
  } while (cursor !== null)
  return items
}
