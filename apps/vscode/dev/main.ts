import './dev.css'
import { createHost } from './host.ts'
import { applyTheme, type ThemeName, themes } from './themes.ts'

// The panel in a plain browser. The address chooses what VS Code would: `?theme=contrast`, `?folder=none`, `?trust=no`,
// `?check=unreachable`; `?token=…` begins with the session of a device.

const search = new URLSearchParams(location.search)
const isTheme = (name: string | null): name is ThemeName => name !== null && name in themes
const theme = search.get('theme')
applyTheme(isTheme(theme) ? theme : 'dark')

const stateKey = 'panel-state'
const host = createHost(search, (message) => window.postMessage(message, location.origin))

Object.assign(globalThis, {
  acquireVsCodeApi: () => ({
    // As between a webview and its host: only what can be cloned crosses, and nothing is shared.
    postMessage: (message: unknown) => host.receive(structuredClone(message)),
    getState: () => JSON.parse(sessionStorage.getItem(stateKey) ?? 'null'),
    setState: (state: unknown) => sessionStorage.setItem(stateKey, JSON.stringify(state)),
  }),
  /** Tests and the console look at what the panel asked for, and play the host's part. */
  devHost: host,
})

await import('../src/panel/main.tsx')
