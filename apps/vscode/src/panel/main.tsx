import './panel.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { createBridge } from './bridge.ts'
import { createKeptState } from './kept-state.ts'
import { PanelContext } from './panel.tsx'
import { openPort } from './port.ts'
import { createPanelClient, createQueryClient, trpc } from './trpc.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no #root')

document.documentElement.dataset.theme = 'vscode'
const port = openPort()
const bridge = createBridge(port)
const state = createKeptState(port)
const client = createPanelClient(bridge)
const queryClient = createQueryClient()
bridge.onHost(() => {
  const host = bridge.host()
  if (host === null) return
  const { server, session } = host
  state.enter(server.url, session.status === 'signed-in' ? session.user.id : null)
})
bridge.onGo(state.go)
bridge.start()

createRoot(root).render(
  <StrictMode>
    {/* The page's policy takes no inline style elements. */}
    <CSPProvider disableStyleElements>
      <trpc.Provider client={client} queryClient={queryClient}>
        <QueryClientProvider client={queryClient}>
          <PanelContext value={{ bridge, state }}>
            <App />
          </PanelContext>
        </QueryClientProvider>
      </trpc.Provider>
    </CSPProvider>
  </StrictMode>,
)
