import { randomBytes } from 'node:crypto'
import {
  commands,
  type Disposable,
  type ExtensionContext,
  Uri,
  type Webview,
  type WebviewView,
  window,
} from 'vscode'
import type { HostMessage, Route } from '../bridge/protocol.ts'
import type { Bridge } from './bridge.ts'

export type Panel = Disposable & {
  /** Opens the panel at a place. */
  show: (to: Route) => Promise<void>
  /** Whether a person can see this plugin in it now. */
  isShown: (pluginId: string) => boolean
}

/** The panel's view. `connect` joins a webview that has just been opened with the host. */
export function providePanel(
  context: ExtensionContext,
  connect: (post: (message: HostMessage) => void) => Bridge,
): Panel {
  let view: WebviewView | null = null
  let joined: Bridge | null = null
  let isListening = false
  /** Where to go when the panel listens: a message to a page that is still loading is lost. */
  let waiting: Route | null = null

  const registration = window.registerWebviewViewProvider('tallyforge.panel', {
    resolveWebviewView: (opened) => {
      view = opened
      isListening = false
      const folder = Uri.joinPath(context.extensionUri, 'dist/panel')
      opened.webview.options = { enableScripts: true, localResourceRoots: [folder] }
      const bridge = connect((message) => void opened.webview.postMessage(message))
      joined = bridge
      opened.webview.onDidReceiveMessage((message: unknown) => {
        bridge.receive(message)
        if (isReady(message)) {
          isListening = true
          if (waiting !== null)
            void opened.webview.postMessage({ kind: 'go', to: waiting } satisfies HostMessage)
          waiting = null
        }
      })
      opened.onDidDispose(() => {
        bridge.dispose()
        if (view !== opened) return
        view = null
        joined = null
      })
      opened.webview.html = page(opened.webview, folder)
    },
  })

  return {
    show: async (to) => {
      if (view !== null && isListening && view.visible) {
        await view.webview.postMessage({ kind: 'go', to } satisfies HostMessage)
        view.show()
      } else {
        waiting = to
        // A panel that was hidden loads again, and says when it listens.
        await commands.executeCommand('tallyforge.panel.focus')
      }
    },
    isShown: (pluginId) => view?.visible === true && joined?.shownPlugin() === pluginId,
    dispose: () => registration.dispose(),
  }
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'ready'
}

/** Nothing but its own script and styles: no network, no frames, no inline script. */
function page(webview: Webview, folder: Uri): string {
  const nonce = randomBytes(16).toString('base64')
  const address = (file: string) => webview.asWebviewUri(Uri.joinPath(folder, file)).toString()
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
  ].join('; ')
  return `<!doctype html>
<html lang="en" data-theme="vscode">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address('panel.css')}">
<title>Tallyforge</title>
</head>
<body>
<div id="root"></div>
<script nonce="${nonce}" src="${address('panel.js')}"></script>
</body>
</html>
`
}
