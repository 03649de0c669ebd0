import { DomainError } from '@tallyforge/core/errors'
import { commands, type ExtensionContext, env, ProgressLocation, Uri, window } from 'vscode'
import type { Act } from '../bridge/protocol.ts'
import type { Api } from './api.ts'
import { applyVersion } from './apply.ts'
import { renamePlugin } from './changes.ts'
import { diffVersions } from './diff.ts'
import { installVersion, uninstallPlugin } from './install.ts'
import type { Installed } from './installed.ts'
import type { Log } from './log.ts'
import type { Plugins } from './plugins.ts'
import type { ServerMonitor } from './server-monitor.ts'
import type { Session } from './session.ts'
import { versionUri } from './version-documents.ts'
import { readWebAddress } from './web-address.ts'

type Port = {
  context: ExtensionContext
  api: Api
  session: Session
  plugins: Plugins
  installed: Installed
  server: ServerMonitor
  log: Log & { show: () => void }
}

type ActsByName = { [Name in Act['name']]: Extract<Act, { name: Name }> }

/** What only the host can do, by name: for the panel and for the commands. Each throws what it could not do. */
export type Acts = { [Name in Act['name']]: (act: ActsByName[Name]) => Promise<void> }

/** Does what an act names. */
export function perform<Name extends Act['name']>(
  acts: Acts,
  name: Name,
  act: ActsByName[Name],
): Promise<void> {
  return acts[name](act)
}

export function createActs(port: Port): Acts {
  const { api, session, plugins, server, log } = port
  return {
    signIn: async () => {
      if (session.state.get().status !== 'signed-in') await session.signIn()
    },
    cancelSignIn: async () => session.cancelSignIn(),
    signOut: () => session.signOut(),
    chooseOrg: ({ orgId }) => session.chooseOrg(orgId),
    openDashboard: async ({ path }) => {
      const address = readWebAddress(path, api.origin())
      if (address === null) {
        throw new DomainError('invalid_input', 'This address does not belong to the server.')
      }
      await env.openExternal(Uri.parse(address, true))
    },
    openFile: async ({ versionId, path }) => {
      const { title, number } = await describe(plugins, versionId)
      const uri = versionUri({ orgId: plugins.orgId(), versionId, label: `${title} v${number}`, path })
      await window.showTextDocument(uri, { preview: true })
    },
    openWorkspace: async ({ versionId }) => {
      const { title, number } = await describe(plugins, versionId)
      const uri = versionUri({ orgId: plugins.orgId(), versionId, label: `${title} v${number}`, path: '' })
      await commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true })
    },
    diff: (act) => diffVersions(plugins, act),
    apply: ({ versionId }) => applyVersion({ plugins, log }, versionId),
    install: (act) => withProgress('Installing the plugin', () => installVersion(port, act)),
    uninstall: ({ pluginId }) =>
      withProgress('Uninstalling the plugin', () => uninstallPlugin(port, pluginId)),
    rename: ({ pluginId }) => renamePlugin({ api, plugins }, pluginId),
    copy: async ({ text }) => env.clipboard.writeText(text),
    openSettings: async () => {
      await commands.executeCommand('workbench.action.openSettings', '@ext:tallyforge.tallyforge')
    },
    showLog: async () => log.show(),
    checkServer: () => server.check(),
  }
}

async function describe(plugins: Plugins, versionId: string): Promise<{ title: string; number: number }> {
  const version = await plugins.version(versionId)
  const { title } = await plugins.byId(version.pluginId)
  return { title, number: version.number }
}

async function withProgress(title: string, work: () => Promise<void>): Promise<void> {
  await window.withProgress({ location: ProgressLocation.Window, title }, work)
}
