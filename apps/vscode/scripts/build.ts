import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { refuseServerModules } from '../../../scripts/client-bundle.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** zod carries its messages in fifty languages, half of what it weighs; the extension speaks English. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: `export { default as en } from './en.js'`,
    }))
  },
}

await rm(join(root, 'dist/extension.js'), { force: true })
const { metafile } = await build({
  entryPoints: [join(root, 'src/extension/activate.ts')],
  outfile: join(root, 'dist/extension.js'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  // What runs in the oldest editor that the manifest admits.
  target: 'node20',
  external: ['vscode'],
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [englishOnly],
  metafile: true,
})
refuseServerModules('The VS Code extension', Object.keys(metafile.inputs))
