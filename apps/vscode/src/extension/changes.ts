import type { Plugin } from '@tallyforge/client/outputs'
import { titleInput } from '@tallyforge/core/inputs/plugins'
import { window } from 'vscode'
import type { Api } from './api.ts'
import { showInformation } from './messages.ts'
import type { Plugins } from './plugins.ts'

type Port = { api: Api; plugins: Plugins }

/** Asks for another title, and gives it. */
export async function renamePlugin({ api, plugins }: Port, pluginId: string): Promise<void> {
  const client = api.client()
  const orgId = plugins.orgId()
  const { title } = await plugins.byId(pluginId)
  const typed = await window.showInputBox({
    title: 'Rename the plugin',
    prompt: 'The extension keeps its identity: updates still install over it.',
    value: title,
    validateInput: (text) => titleInput.safeParse(text).error?.issues[0]?.message,
  })
  if (typed === undefined || typed.trim() === title) return
  await client.plugins.rename.mutate({ orgId, pluginId, title: typed })
}

/** Makes another plugin that begins with the files of a version that is ready. */
export function duplicateVersion({ api, plugins }: Port, versionId: string): Promise<Plugin> {
  return api
    .client()
    .plugins.duplicate.mutate({ orgId: plugins.orgId(), operationId: crypto.randomUUID(), versionId })
}

/** Archives at once, and offers to undo. */
export async function archivePlugin({ api, plugins }: Port, pluginId: string): Promise<void> {
  const client = api.client()
  const key = { orgId: plugins.orgId(), pluginId }
  const { title } = await client.plugins.archive.mutate(key)
  const undo = 'Undo'
  if ((await showInformation(`Archived “${title}”.`, undo)) === undo) {
    await client.plugins.unarchive.mutate(key)
  }
}

/** Makes an archived plugin one that people can change again. */
export async function unarchivePlugin({ api, plugins }: Port, pluginId: string): Promise<void> {
  const { title } = await api.client().plugins.unarchive.mutate({ orgId: plugins.orgId(), pluginId })
  void showInformation(`“${title}” is active again.`)
}
