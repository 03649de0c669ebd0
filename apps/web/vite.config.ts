import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type ProxyOptions } from 'vite'
import { withoutCircles } from '../../scripts/chunk-circles.ts'
import { withoutServerCode } from '../../scripts/client-bundle.ts'

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

/** Lets the browser ask for the two faces with the style sheet, not after it: words then stay where they first stood. */
const preloadFonts: Plugin = {
  name: 'preload-fonts',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((file) => /geist(?:-mono)?-latin-wght-normal/.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: true },
          injectTo: 'head' as const,
        })),
  },
}

/** What every page has beside the start, inside an organization or not. */
const controls =
  /react-router\/dist\/esm\/fileRoute\.js$|apps\/web\/src\/frame\/page-title\.ts$|packages\/ui\/src\/(?:Button|Callout|Field|Input)\.tsx$|lucide-react\/dist\/esm\/icons\//

/** The frame of an organization's pages, and the parts that most of them have. */
const frame =
  /apps\/web\/src\/frame\/(?:Frame|LoadError|late-controls)\.tsx$|packages\/ui\/src\/(?:Badge|EmptyState|List|PageHeader|RelativeTime|SearchField|Segmented|Table|Tabs)\.tsx$/

export default defineConfig({
  plugins: [react(), tailwindcss(), preloadFonts, withoutServerCode('The web app'), withoutCircles],
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
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What pages share, in few files and not in sixty. A group takes along all that its files import, and none that a later
            // one has: so no file imports in a circle, in which a page would find a component that is not there yet.
            { name: 'start', tags: ['$initial'], priority: 3 },
            { name: 'controls', test: controls, priority: 2 },
            { name: 'frame', test: frame, priority: 1 },
          ],
        },
      },
    },
  },
})
