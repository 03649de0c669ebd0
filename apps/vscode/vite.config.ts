import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'
import { withoutServerCode } from '../../scripts/client-bundle.ts'

const here = import.meta.dirname
const apiPort = process.env.API_PORT || '3001'

/** What a webview reads each time that the panel opens: its script and its styles, gzipped. */
const mostPanelBytes = 250_000

/** Fails the build of a panel that has become heavy. */
const weighed: Plugin = {
  name: 'weighed',
  writeBundle: async ({ dir = '' }) => {
    const files = await Promise.all(['panel.js', 'panel.css'].map((name) => readFile(join(dir, name))))
    const bytes = files.reduce((sum, file) => sum + gzipSync(file).length, 0)
    process.stdout.write(`dist/panel: ${(bytes / 1_000).toFixed(0)} kB gzipped\n`)
    if (bytes > mostPanelBytes) {
      throw new Error(
        `The panel must stay below ${mostPanelBytes / 1_000} kB: see what has joined its bundle.`,
      )
    }
  },
}

/** The panel as the extension ships it: one script and one style sheet, which the host's page names by a nonce. */
const panel: UserConfig = {
  plugins: [react(), tailwindcss(), withoutServerCode('The panel'), weighed],
  publicDir: false,
  build: {
    outDir: join(here, 'dist/panel'),
    target: 'chrome128',
    cssCodeSplit: false,
    // Everything is in the two files: a webview's address of a third one is not known when they are built.
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    chunkSizeWarningLimit: 1_200,
    lib: {
      entry: join(here, 'src/panel/main.tsx'),
      formats: ['iife'],
      name: 'tallyforgePanel',
      fileName: () => 'panel.js',
      cssFileName: 'panel',
    },
  },
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
}

/** The policy that the extension's page has: what the panel would do against it fails here too. */
const policy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: {
        'http-equiv': 'Content-Security-Policy',
        content:
          "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'",
      },
      injectTo: 'head-prepend',
    },
  ],
}

/** The panel in a plain browser, with the API of a running `pnpm dev` behind it. */
const page: UserConfig = {
  root: join(here, 'dev'),
  base: './',
  plugins: [react(), tailwindcss(), policy],
  server: {
    host: '127.0.0.1',
    port: Number(process.env.PANEL_PORT || 5174),
    proxy: { '/trpc': `http://127.0.0.1:${apiPort}` },
  },
  build: {
    outDir: process.env.PANEL_PAGE_FOLDER || join(here, 'dist/page'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1_200,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name].[ext]' },
    },
  },
}

export default defineConfig(({ mode, command }) => (mode === 'page' || command === 'serve' ? page : panel))
