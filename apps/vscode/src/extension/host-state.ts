import type { ServerUrl } from '@tallyforge/client/server-url'
import { workspace } from 'vscode'
import type { HostState } from '../bridge/protocol.ts'
import { listFolders } from './apply.ts'
import type { Installed } from './installed.ts'
import type { ServerMonitor } from './server-monitor.ts'
import type { Session } from './session.ts'
import { createStore, type Store } from './store.ts'

type Port = {
  serverUrl: () => ServerUrl
  /** The setting as it stands, for people. */
  serverText: () => string
  server: ServerMonitor
  session: Session
  installed: Installed
}

/**
 * Everything that the panel is told of the window, as one value. A change of the server is told with the session's, which follows it at
 * once: so no server is ever named beside the person of another one.
 */
export function gatherHostState(port: Port): Store<HostState> & { dispose: () => void } {
  const { server, session, installed } = port
  const read = (): HostState => ({
    server: { url: port.serverUrl().origin ?? port.serverText(), check: server.state.get() },
    session: session.state.get(),
    isTrusted: workspace.isTrusted,
    folders: listFolders().map(({ folder, isWritable }) => ({ name: folder.name, isWritable })),
    installed: installed.state.get(),
  })
  const state = createStore(read())
  const update = () => state.set(read())
  const stops = [
    server.state.onChange(update),
    session.state.onChange(update),
    installed.state.onChange(update),
  ]
  const watches = [workspace.onDidGrantWorkspaceTrust(update), workspace.onDidChangeWorkspaceFolders(update)]
  return {
    ...state,
    dispose: () => {
      for (const stop of stops) stop()
      for (const watch of watches) watch.dispose()
    },
  }
}
