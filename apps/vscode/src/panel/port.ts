import type { HostMessage, PanelMessage } from '../bridge/protocol.ts'

/** The panel's way to its host, and the place where it keeps what a reload must not lose. */
export type Port = {
  post: (message: PanelMessage) => void
  /** Returns the way to stop. */
  listen: (listener: (message: HostMessage) => void) => () => void
  kept: () => unknown
  keep: (state: unknown) => void
}

type VsCodeApi = {
  postMessage: (message: PanelMessage) => void
  getState: () => unknown
  setState: (state: unknown) => void
}

declare global {
  /** VS Code gives it to a webview once. */
  var acquireVsCodeApi: () => VsCodeApi
}

/** The port that VS Code gives to a webview. */
export function openPort(): Port {
  const api = acquireVsCodeApi()
  return {
    post: (message) => api.postMessage(message),
    listen: (listener) => {
      const receive = ({ data }: MessageEvent<HostMessage>) => listener(data)
      window.addEventListener('message', receive)
      return () => window.removeEventListener('message', receive)
    },
    kept: () => api.getState(),
    keep: (state) => api.setState(state),
  }
}
