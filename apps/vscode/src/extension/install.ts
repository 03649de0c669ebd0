import { DomainError } from '@tallyforge/core/errors'
import { commands, type ExtensionContext, extensions, Uri, workspace } from 'vscode'
import type { Api } from './api.ts'
import { readArchive } from './install-plan.ts'
import type { Installed } from './installed.ts'
import type { Log } from './log.ts'
import { showInformation } from './messages.ts'
import type { Plugins } from './plugins.ts'

type Port = { context: ExtensionContext; api: Api; plugins: Plugins; installed: Installed; log: Log }

/**
 * Installs a version into this VS Code, over whichever version of the plugin is there. Answers when VS Code has it.
 * @throws DomainError when the version is not ready, the workspace is restricted, the file is another
 * plugin than its name says, or VS Code refuses it.
 */
export async function installVersion(
  port: Port,
  input: { pluginId: string; versionId: string },
): Promise<void> {
  const { api, plugins, installed, log } = port
  requireTrust('install a plugin')
  const origin = api.origin()
  const { fileName, bytes } = await plugins.archive(input.versionId)
  const archive = readArchive(fileName, bytes)
  const before = extensions.getExtension(archive.extensionId)
  const wasActive = before?.isActive === true
  await withTemporaryFile(port.context, fileName, bytes, async (file) => {
    try {
      // Not synchronized: the file is on this machine only.
      await commands.executeCommand('workbench.extensions.installExtension', file, { donotSync: true })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new DomainError('gate_refused', `VS Code refused the plugin: ${reason}`, { cause: error })
    }
  })
  await installed.add(origin, input.pluginId, {
    extensionId: archive.extensionId,
    versionId: input.versionId,
    number: archive.number,
  })
  log.info(`Installed ${archive.extensionId} 0.0.${archive.number}.`)
  if (wasActive) void offerReload('The new version runs after the window has been reloaded.')
}

/** Removes a plugin from this VS Code. @throws DomainError when it is not there. */
export async function uninstallPlugin(port: Port, pluginId: string): Promise<void> {
  const { api, installed, log } = port
  const origin = api.origin()
  const found = installed.of(pluginId)
  if (found === null) throw new DomainError('not_found', 'This plugin is not installed in this VS Code.')
  const wasActive = extensions.getExtension(found.extensionId)?.isActive === true
  await commands.executeCommand('workbench.extensions.uninstallExtension', found.extensionId)
  await installed.remove(origin, pluginId)
  log.info(`Uninstalled ${found.extensionId}.`)
  if (wasActive) void offerReload('It stops after the window has been reloaded.')
}

/** @throws DomainError in a restricted workspace. `act` follows “to”. */
export function requireTrust(act: string): void {
  if (!workspace.isTrusted) {
    throw new DomainError(
      'forbidden',
      `This workspace is in restricted mode. Trust it (command “Workspaces: Manage Workspace Trust”) to ${act}.`,
    )
  }
}

/** A reload, because a restart of the extension host alone leaves a window in a browser without one. */
async function offerReload(message: string): Promise<void> {
  const reload = 'Reload window'
  if ((await showInformation(message, reload)) === reload) {
    await commands.executeCommand('workbench.action.reloadWindow')
  }
}

async function withTemporaryFile(
  context: ExtensionContext,
  fileName: string,
  bytes: Uint8Array,
  use: (file: Uri) => Promise<void>,
): Promise<void> {
  const folder = Uri.joinPath(context.globalStorageUri, 'downloads', crypto.randomUUID())
  const file = Uri.joinPath(folder, fileName)
  await workspace.fs.createDirectory(folder)
  try {
    await workspace.fs.writeFile(file, bytes)
    await use(file)
  } finally {
    await workspace.fs.delete(folder, { recursive: true })
  }
}
