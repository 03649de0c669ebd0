import type { Plugin } from '@tallyforge/client/outputs'
import { DomainError } from '@tallyforge/core/errors'
import { TRPCClientError } from '@trpc/client'
import { commands, type Disposable, env, window } from 'vscode'
import type { Route } from '../bridge/protocol.ts'
import type { Acts } from './acts.ts'
import type { Api } from './api.ts'
import { archivePlugin, duplicateVersion, unarchivePlugin } from './changes.ts'
import { type CommandName, commandNames } from './command-names.ts'
import { readFailure } from './failure.ts'
import { createPlugin, refinePlugin } from './generate.ts'
import type { Installed } from './installed.ts'
import type { Log } from './log.ts'
import { showInformation } from './messages.ts'
import { type Choice, pickPlugin, pickVersion } from './pick.ts'
import type { Plugins } from './plugins.ts'
import type { Runs } from './runs.ts'
import type { Session } from './session.ts'
import { showFailure } from './show-failure.ts'
import { readSubject, type Subject } from './subject.ts'

type Port = {
  acts: Acts
  api: Api
  session: Session
  plugins: Plugins
  installed: Installed
  runs: Runs
  log: Log
  /** Opens the panel at a place. */
  show: (to: Route) => Promise<void>
  refresh: () => void
}

/** Every command of the extension: what the palette, the tree, the status bar and messages run. */
export function registerCommands(port: Port): Disposable[] {
  const { acts, plugins, session, log } = port
  const table: Record<CommandName, (argument: unknown) => Promise<unknown>> = {
    signIn: () => acts.signIn({ name: 'signIn' }),
    signOut: () => acts.signOut({ name: 'signOut' }),
    copyCode: async () => {
      const state = session.state.get()
      if (state.status === 'signing-in') await env.clipboard.writeText(state.userCode)
    },
    chooseOrg: () => chooseOrg(port),
    open: () => port.show({ name: 'home' }),
    openTokens: () => port.show({ name: 'tokens' }),
    showPlugin: async (argument) => {
      const { pluginId, versionId } = await choosePlugin(port, argument, 'Show which plugin?')
      if (pluginId === null) return
      await port.show({ name: 'plugin', pluginId, ...(versionId === null ? {} : { versionId }) })
    },
    create: () => signedIn(port, () => createPlugin(port)),
    refine: async (argument) => {
      const { pluginId } = await choosePlugin(port, argument, 'Change which plugin?')
      if (pluginId !== null) await refinePlugin(port, pluginId)
    },
    install: async (argument) => {
      const chosen = await chooseReady(port, argument, 'Install which plugin?')
      if (chosen === null) return
      await acts.install({ name: 'install', ...chosen })
      const { title } = await plugins.byId(chosen.pluginId)
      const number = port.installed.of(chosen.pluginId)?.number
      void showInformation(`“${title}” version ${number} is installed.`)
    },
    uninstall: async (argument) => {
      const isFit = ({ id }: Plugin) => port.installed.of(id) !== null
      const { pluginId } = await choosePlugin(port, argument, 'Uninstall which plugin?', { isFit })
      if (pluginId !== null) await acts.uninstall({ name: 'uninstall', pluginId })
    },
    openWorkspace: async (argument) => {
      const chosen = await chooseVersion(port, argument, 'Open the files of which plugin?')
      if (chosen !== null) await acts.openWorkspace({ name: 'openWorkspace', ...chosen })
    },
    apply: async (argument) => {
      const chosen = await chooseVersion(port, argument, 'Write the files of which plugin?')
      if (chosen !== null) await acts.apply({ name: 'apply', ...chosen })
    },
    compare: (argument) => compare(port, argument),
    restore: (argument) => restore(port, argument),
    rename: async (argument) => {
      const { pluginId } = await choosePlugin(port, argument, 'Rename which plugin?')
      if (pluginId !== null) await acts.rename({ name: 'rename', pluginId })
    },
    duplicate: async (argument) => {
      const chosen = await chooseReady(port, argument, 'Duplicate which plugin?')
      if (chosen === null) return
      const copy = await duplicateVersion(port, chosen.versionId)
      await port.show({ name: 'plugin', pluginId: copy.id })
    },
    archive: async (argument) => {
      const { pluginId } = await choosePlugin(port, argument, 'Archive which plugin?')
      if (pluginId !== null) await archivePlugin(port, pluginId)
    },
    unarchive: async (argument) => {
      const archived = { state: 'archived' } as const
      const { pluginId } = await choosePlugin(port, argument, 'Bring back which plugin?', archived)
      if (pluginId !== null) await unarchivePlugin(port, pluginId)
    },
    openDashboard: async (argument) => {
      const { pluginId } = readSubject(argument)
      await acts.openDashboard({ name: 'openDashboard', path: dashboardPath(session, pluginId) })
    },
    openSettings: () => acts.openSettings({ name: 'openSettings' }),
    checkServer: () => acts.checkServer({ name: 'checkServer' }),
    showLog: () => acts.showLog({ name: 'showLog' }),
    refresh: async () => port.refresh(),
    loadMore: async (argument) => {
      if (typeof argument === 'function') argument()
    },
  }
  return commandNames.map((name) =>
    commands.registerCommand(`tallyforge.${name}`, async (argument: unknown) => {
      try {
        await table[name](argument)
      } catch (error) {
        // The server's word that a session has ended is told by the session, once.
        const isEnd = error instanceof TRPCClientError && readFailure(error).kind === 'unauthenticated'
        // Not waited for: who runs a command need not wait until its message has been read.
        if (!isEnd) void showFailure(error, log)
      }
    }),
  )
}

/** Signs in first where nobody is; what was asked for is then done when it is asked again. */
async function signedIn<Answer>(
  { acts, session }: Port,
  work: () => Promise<Answer>,
): Promise<Answer | null> {
  await session.restored
  if (session.state.get().status === 'signed-in') return work()
  if (session.state.get().status === 'signed-out') await acts.signIn({ name: 'signIn' })
  return null
}

async function chooseOrg({ acts, session }: Port): Promise<void> {
  const state = session.state.get()
  if (state.status !== 'signed-in') return acts.signIn({ name: 'signIn' })
  const items = state.orgs.map(({ id, name, role }) => ({
    label: name,
    description: id === state.orgId ? `${role} · chosen` : role,
    id,
  }))
  const chosen = await window.showQuickPick(items, { title: 'Work in which organization?' })
  if (chosen !== undefined) await acts.chooseOrg({ name: 'chooseOrg', orgId: chosen.id })
}

/** What a command is about: its argument, else a plugin that a person chooses. */
async function choosePlugin(port: Port, argument: unknown, title: string, choice?: Choice): Promise<Subject> {
  const subject = readSubject(argument)
  if (subject.pluginId !== null) return subject
  const plugin = await signedIn(port, () => pickPlugin(port.plugins, title, choice))
  return { pluginId: plugin?.id ?? null, versionId: null }
}

type Chosen = { pluginId: string; versionId: string }

/** A version: the argument's, else one that a person chooses. */
async function chooseVersion(port: Port, argument: unknown, title: string): Promise<Chosen | null> {
  const { pluginId, versionId } = await choosePlugin(port, argument, title)
  if (pluginId === null) return null
  if (versionId !== null) return { pluginId, versionId }
  const version = await pickVersion(port.plugins, pluginId, 'Which version?')
  return version === null ? null : { pluginId, versionId: version.id }
}

/** A version that is ready: the argument's, else the newest one of the plugin. */
async function chooseReady(port: Port, argument: unknown, title: string): Promise<Chosen | null> {
  const isFit = ({ readyVersion }: Plugin) => readyVersion !== null
  const { pluginId, versionId } = await choosePlugin(port, argument, title, { isFit })
  if (pluginId === null) return null
  if (versionId !== null) return { pluginId, versionId }
  const { readyVersion } = await port.plugins.byId(pluginId)
  if (readyVersion === null) throw new DomainError('conflict', 'No version of this plugin is ready yet.')
  return { pluginId, versionId: readyVersion.id }
}

/** Compares a version with its parent; without an argument, any two versions that a person chooses. */
async function compare(port: Port, argument: unknown): Promise<void> {
  const { plugins, acts } = port
  const { pluginId, versionId } = await choosePlugin(port, argument, 'Compare versions of which plugin?')
  if (pluginId === null) return
  if (versionId !== null) {
    const { parentId, number } = await plugins.version(versionId)
    if (parentId === null)
      throw new DomainError('not_found', `Version ${number} is the first: there is nothing before it.`)
    return acts.diff({ name: 'diff', pluginId, base: parentId, head: versionId })
  }
  const base = await pickVersion(plugins, pluginId, 'From which version?')
  if (base === null) return
  const head = await pickVersion(
    plugins,
    pluginId,
    `From v${base.number} to which version?`,
    ({ id }) => id !== base.id,
  )
  if (head !== null) await acts.diff({ name: 'diff', pluginId, base: base.id, head: head.id })
}

async function restore(port: Port, argument: unknown): Promise<void> {
  const chosen = await chooseVersion(port, argument, 'Restore a version of which plugin?')
  if (chosen === null) return
  const orgId = port.plugins.orgId()
  const operationId = crypto.randomUUID()
  const { versionId } = chosen
  const restored = await port.api.client().plugins.restore.mutate({ orgId, operationId, versionId })
  void showInformation(`Restored as version ${restored.number}. Nothing was overwritten.`)
}

function dashboardPath(session: Session, pluginId: string | null): string {
  const state = session.state.get()
  const org = state.status === 'signed-in' ? state.orgs.find(({ id }) => id === state.orgId) : undefined
  if (org === undefined) return '/'
  return pluginId === null ? `/${org.slug}/plugins` : `/${org.slug}/plugins/${pluginId}`
}
