import type { GateMessage } from '@tallyforge/core/plugins/gate'
import { entryPath } from '@tallyforge/core/plugins/manifest'
import type { Program } from 'acorn'
import type { Message, Plugin } from 'esbuild'
import { buildMessages, withCompiler } from './compiler.ts'
import { findDynamicCode } from './dynamic-code.ts'
import { isPlatformModule, resolveOwn } from './specifiers.ts'
import { eachNode, memberName, parseJavaScript } from './syntax.ts'
import { withTempFolder } from './temp-folder.ts'

export type Bundle = { ok: true; code: string } | { ok: false; messages: GateMessage[] }

/**
 * Bundles the plugin's code into one CommonJS file, the same bytes for the same files. Every module comes from `files`: esbuild's own
 * resolver reads the server's disk, and would bundle `../../.env` for whoever imports it as text.
 */
export async function bundleCode(files: ReadonlyMap<string, string>): Promise<Bundle> {
  try {
    const result = await withTempFolder((folder) =>
      withCompiler((compiler) =>
        compiler.build({
          entryPoints: [entryPath],
          plugins: [inMemory(files)],
          // Nothing is read from it; it is empty so that nothing could be.
          absWorkingDir: folder,
          bundle: true,
          write: false,
          format: 'cjs',
          platform: 'node',
          target: 'node20',
          charset: 'utf8',
          sourcemap: false,
          logLevel: 'silent',
          // The sources that people download build with the same: strict modules.
          tsconfigRaw: { compilerOptions: { strict: true } },
        }),
      ),
    )
    const code = result.outputFiles[0]?.text ?? ''
    const messages = checkBundle(code)
    return messages.length > 0 ? { ok: false, messages } : { ok: true, code }
  } catch (error) {
    const found = buildMessages(error)
    if (found === null) throw error
    const messages =
      found.length > 0 ? found.map(said) : [{ text: 'The code is too complicated to be bundled.' }]
    return { ok: false, messages }
  }
}

function inMemory(files: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'in-memory',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        if (kind === 'entry-point') return { path: entryPath, namespace: 'plugin' }
        if (isPlatformModule(path)) return { path, external: true }
        const own = /^\.{1,2}(?:\/|$)/.test(path) ? resolveOwn(path, importer, files) : null
        if (own === null) return { errors: [{ text: 'The import is not a file of the plugin.' }] }
        return { path: own, namespace: 'plugin' }
      })
      build.onLoad({ filter: /.*/, namespace: 'plugin' }, ({ path }) => {
        const contents = files.get(path)
        if (contents === undefined || path.endsWith('.d.ts')) {
          return { errors: [{ text: 'The file holds no code. Import it with "import type".' }] }
        }
        return { contents, loader: path.endsWith('.json') ? 'json' : 'ts' }
      })
    },
  }
}

/** What the sources cannot show one by one: constants that esbuild folded, and what the entry gives to VS Code. */
function checkBundle(code: string): GateMessage[] {
  const program = parseJavaScript(code)
  if (program === null) return [{ text: 'The bundle cannot be read. Simplify the code.' }]
  const found: GateMessage[] = findDynamicCode(program).map((text) => ({ text }))
  if (!exportsActivate(program)) {
    found.push({ text: 'Export a function named activate: VS Code calls it first.', path: entryPath })
  }
  return found
}

/** esbuild ends a bundle for Node with `0 && (module.exports = { activate, … })`, which names every export of the entry. */
function exportsActivate(program: Program): boolean {
  let found = false
  eachNode(program, (node) => {
    if (node.type !== 'AssignmentExpression' || memberName(node.left) !== 'exports') return
    if (node.right.type !== 'ObjectExpression') return
    found ||= node.right.properties.some(
      (property) =>
        property.type === 'Property' &&
        property.key.type === 'Identifier' &&
        property.key.name === 'activate',
    )
  })
  return found
}

function said({ text, location }: Message): GateMessage {
  if (!location) return { text }
  const path = location.file.replace(/^plugin:/, '')
  return { text, path, line: location.line, column: location.column + 1 }
}
