import type { Plugin, Version } from '@tallyforge/client/outputs'
import { timeAgo } from '@tallyforge/core/format'
import {
  type Disposable,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from 'vscode'
import { readFailure } from './failure.ts'
import type { Installed } from './installed.ts'
import { plain } from './plain.ts'
import type { Plugins } from './plugins.ts'
import type { Session } from './session.ts'
import type { Watcher } from './watcher.ts'

/** A line of the tree: what its commands get as their argument. */
export type Node =
  | { kind: 'plugin'; plugin: Plugin }
  | { kind: 'version'; plugin: Plugin; version: Version }
  | { kind: 'more'; plugin: Plugin | null }

type Port = { plugins: Plugins; session: Session; watcher: Watcher; installed: Installed }

/** The org's plugins, newest change first, with their versions under each. */
export function showPluginTree(port: Port): Disposable & { refresh: () => void } {
  const tree = new PluginTree(port)
  const view = window.createTreeView('tallyforge.plugins', { treeDataProvider: tree, showCollapseAll: true })
  const stops = [
    port.session.state.onChange(() => tree.refresh()),
    port.installed.state.onChange(() => tree.refresh()),
    // A snapshot follows a gap: whatever happened in it was not told.
    port.watcher.onMessage((message) => {
      if (message.type !== 'balance' && message.type !== 'event') tree.refresh()
    }),
  ]
  return {
    refresh: () => tree.refresh(),
    dispose: () => {
      for (const stop of stops) stop()
      view.dispose()
    },
  }
}

/** A class because VS Code’s interface is one: it calls methods of an object. */
class PluginTree implements TreeDataProvider<Node> {
  readonly #port: Port
  readonly #changes = new EventEmitter<undefined>()
  readonly onDidChangeTreeData = this.#changes.event
  /** How many more pages of a list were asked for, by the plugin whose versions it holds; the plugins' own under ''. */
  readonly #morePages = new Map<string, number>()

  constructor(port: Port) {
    this.#port = port
  }

  refresh(): void {
    this.#changes.fire(undefined)
  }

  /** Opens one more page of a list. */
  more(node: Extract<Node, { kind: 'more' }>): void {
    const key = node.plugin?.id ?? ''
    this.#morePages.set(key, (this.#morePages.get(key) ?? 0) + 1)
    this.refresh()
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (this.#port.session.state.get().status !== 'signed-in') return []
    try {
      return await this.#children(node)
    } catch (error) {
      // VS Code shows its message as it is.
      throw new Error(plain(readFailure(error).message), { cause: error })
    }
  }

  async #children(node: Node | undefined): Promise<Node[]> {
    const { plugins } = this.#port
    if (node === undefined) {
      const { items, nextCursor } = await this.#read('', (cursor) => plugins.list(cursor))
      return [...items.map((plugin) => ({ kind: 'plugin', plugin }) as const), ...more(null, nextCursor)]
    }
    if (node.kind !== 'plugin') return []
    const { plugin } = node
    const { items, nextCursor } = await this.#read(plugin.id, (cursor) => plugins.versions(plugin.id, cursor))
    return [
      ...items.map((version) => ({ kind: 'version', plugin, version }) as const),
      ...more(plugin, nextCursor),
    ]
  }

  getTreeItem(node: Node): TreeItem {
    if (node.kind === 'plugin') return this.#pluginItem(node)
    if (node.kind === 'version') return this.#versionItem(node)
    const item = new TreeItem('Load more…')
    item.command = { command: 'tallyforge.loadMore', title: 'Load more', arguments: [() => this.more(node)] }
    return item
  }

  async #read<Item>(
    key: string,
    page: (cursor: string | null) => Promise<{ items: Item[]; nextCursor: string | null }>,
  ): Promise<{ items: Item[]; nextCursor: string | null }> {
    const items: Item[] = []
    let nextCursor: string | null = null
    // Places in a list shift when something is added: each page is asked from the end of the one before.
    for (let extra = this.#morePages.get(key) ?? 0; extra >= 0; extra--) {
      const answer = await page(nextCursor)
      items.push(...answer.items)
      nextCursor = answer.nextCursor
      if (nextCursor === null) break
    }
    return { items, nextCursor }
  }

  #pluginItem({ plugin }: Extract<Node, { kind: 'plugin' }>): TreeItem {
    const installed = this.#port.installed.state.get()[plugin.id]
    const item = new TreeItem(plugin.title, TreeItemCollapsibleState.Collapsed)
    item.id = plugin.id
    item.description = stateOf(plugin, installed?.number ?? null)
    item.tooltip = plain(plugin.description || plugin.title)
    // Else the tooltip would be its name for screen readers.
    item.accessibilityInformation = {
      label: [plugin.title, item.description].filter((text) => text !== '').join(', '),
    }
    item.iconPath = new ThemeIcon(plugin.activeGeneration === null ? 'extensions' : 'loading~spin')
    const { readyVersion } = plugin
    const isNew = readyVersion !== null && readyVersion.number > (installed?.number ?? 0)
    item.contextValue = [
      'plugin',
      ...(readyVersion === null ? [] : ['ready']),
      ...(isNew ? ['installable'] : []),
      ...(installed === undefined ? [] : ['installed']),
    ].join(' ')
    item.command = {
      command: 'tallyforge.showPlugin',
      title: 'Show',
      arguments: [{ pluginId: plugin.id }],
    }
    return item
  }

  #versionItem({ plugin, version }: Extract<Node, { kind: 'version' }>): TreeItem {
    const installed = this.#port.installed.state.get()[plugin.id]?.versionId === version.id
    const item = new TreeItem(`v${version.number}`)
    item.id = version.id
    item.description = [
      ...(installed ? ['installed'] : []),
      version.label,
      timeAgo(version.createdAt, new Date()),
    ].join(' · ')
    item.tooltip = plain(version.label)
    item.iconPath = new ThemeIcon(versionIcons[version.state])
    item.accessibilityInformation = {
      label: `Version ${version.number}, ${version.state}, ${item.description}`,
    }
    item.contextValue = ['version', version.state, ...(installed ? ['installed'] : [])].join(' ')
    item.command = {
      command: 'tallyforge.showPlugin',
      title: 'Show',
      arguments: [{ pluginId: plugin.id, versionId: version.id }],
    }
    return item
  }
}

const versionIcons = { ready: 'pass', failed: 'error', canceled: 'circle-slash' } as const

function more(plugin: Plugin | null, cursor: string | null): Node[] {
  return cursor === null ? [] : [{ kind: 'more', plugin }]
}

function stateOf(plugin: Plugin, installedNumber: number | null): string {
  const { activeGeneration, readyVersion, latestVersion } = plugin
  const parts = [
    ...(activeGeneration === null ? [] : ['running']),
    ...(installedNumber === null ? [] : [`v${installedNumber} installed`]),
    ...(latestVersion === null || latestVersion.state === 'ready'
      ? []
      : [`v${latestVersion.number} not ready`]),
    ...(readyVersion === null || readyVersion.number === installedNumber
      ? []
      : [`v${readyVersion.number} ready`]),
  ]
  return parts.join(' · ')
}
