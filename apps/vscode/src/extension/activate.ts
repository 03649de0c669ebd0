import { hostname } from 'node:os'
import { readServerUrl } from '@tallyforge/client/server-url'
import { checkServer } from '@tallyforge/client/version'
import { commands, type ExtensionContext, env, extensions, window, workspace } from 'vscode'
import { createActs, perform } from './acts.ts'
import { createApi } from './api.ts'
import { showBalance } from './balance-item.ts'
import { createBridge } from './bridge.ts'
import { registerCommands } from './commands.ts'
import { gatherHostState } from './host-state.ts'
import { createInstalled } from './installed.ts'
import { showWarning } from './messages.ts'
import { providePanel } from './panel.ts'
import { showPluginTree } from './plugin-tree.ts'
import { createPlugins } from './plugins.ts'
import { followRuns } from './run-notice.ts'
import { monitorServer } from './server-monitor.ts'
import { createSession } from './session.ts'
import { logFailure } from './show-failure.ts'
import { watchSignIn } from './sign-in-notice.ts'
import { provideVersions } from './version-documents.ts'
import { watchOrg } from './watcher.ts'

/** Starts the extension. Nothing is asked of a server before somebody has signed in or opened the panel. */
export function activate(context: ExtensionContext): void {
  const startedAt = performance.now()
  const log = window.createOutputChannel('Tallyforge', { log: true })
  const serverText = () => workspace.getConfiguration('tallyforge').get<string>('serverUrl', '')
  const serverUrl = () => readServerUrl(serverText())
  const api = createApi({
    serverUrl,
    token: (origin) => session.token(origin),
    refused: () => void session.noticeEnd(),
  })
  const label = `${env.appName} on ${hostname()}`.slice(0, 60)
  const session = createSession(
    { secrets: context.secrets, memory: context.globalState, serverUrl, label, log },
    () => api,
  )
  const version = String(context.extension.packageJSON.version)
  const server = monitorServer({ serverUrl, ask: checkServer, version })
  const plugins = createPlugins(api, session)
  const installed = createInstalled({
    memory: context.globalState,
    serverUrl,
    isPresent: (extensionId) => extensions.getExtension(extensionId) !== undefined,
    isTrusted: () => workspace.isTrusted,
  })
  const watcher = watchOrg({ api, session, log })
  const runs = followRuns({
    context,
    api,
    plugins,
    installed,
    log,
    isShown: (pluginId) => panel.isShown(pluginId),
  })
  const host = gatherHostState({ serverUrl, serverText, server, session, installed })
  const acts = createActs({ context, api, session, plugins, installed, server, log })
  const panel = providePanel(context, (post) => {
    void server.check()
    return createBridge({
      post,
      origin: api.origin,
      client: api.untyped,
      act: (act) => perform(acts, act.name, act),
      host,
      generated: runs.begin,
      failed: (error, cause) => {
        if (error.kind === 'unauthenticated') void session.noticeEnd()
        if (cause !== null) logFailure(cause, log)
      },
    })
  })
  const tree = showPluginTree({ plugins, session, watcher, installed })
  const stopRuns = watcher.onMessage(runs.receive)
  const tellSession = () =>
    commands.executeCommand('setContext', 'tallyforge.session', session.state.get().status)
  // Who is signed in may not have been known while the server was away.
  const stopRestoring = server.state.onChange((check) => {
    if (check.status === 'compatible') void session.restore()
    if (check.status === 'client-too-old' || check.status === 'server-too-old') {
      void showWarning(check.message)
    }
  })
  void session.restored.then(() => {
    if (session.state.get().status === 'signed-in') return server.check()
  })
  const enterServer = () => runs.enter(session.state.get().status === 'signed-in' ? serverUrl().origin : null)
  const stopTelling = session.state.onChange(() => {
    enterServer()
    void tellSession()
  })
  enterServer()
  void tellSession()
  context.subscriptions.push(
    log,
    server,
    watchSignIn(session),
    showBalance(session, watcher),
    provideVersions(plugins, session),
    host,
    panel,
    tree,
    watcher,
    { dispose: stopRuns },
    { dispose: stopRestoring },
    { dispose: stopTelling },
    ...registerCommands({
      acts,
      api,
      session,
      plugins,
      installed,
      runs,
      log,
      show: panel.show,
      refresh: tree.refresh,
    }),
    // Another window signed in or out.
    context.secrets.onDidChange(() => void session.restore()),
    extensions.onDidChange(() => installed.refresh()),
    workspace.onDidGrantWorkspaceTrust(() => installed.refresh()),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('tallyforge.serverUrl')) return
      void session.changeServer()
      installed.refresh()
      void server.check()
    }),
  )
  log.info(`Activated in ${(performance.now() - startedAt).toFixed(0)} ms.`)
}
