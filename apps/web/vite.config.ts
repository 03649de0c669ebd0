import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type ProxyOptions } from 'vite'

const api: ProxyOptions = {
  target: `http://127.0.0.1:${process.env.API_PORT || 3001}`,
  configure: (proxy) => {
    // Vite leaves the browser's stream open when the API dies: end it, so that the client sees it and reconnects.
    proxy.on('proxyRes', (upstream, _request, response) => {
      upstream.on('close', () => {
        if (!upstream.complete) response.destroy()
      })
    })
  },
}

const apiPaths = ['/trpc', '/auth', '/v1', '/api', '/files', '/healthz', '/readyz']

export default defineConfig({
  plugins: [react(), tailwindcss()],
  server: {
    host: '127.0.0.1',
    port: Number(process.env.WEB_PORT || 5173),
    strictPort: true,
    proxy: Object.fromEntries(apiPaths.map((path) => [path, api])),
  },
  build: {
    // Fonts and images stay files: the content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    // The code editor is one large chunk that the editor page alone loads, after its first paint.
    chunkSizeWarningLimit: 800,
  },
})
