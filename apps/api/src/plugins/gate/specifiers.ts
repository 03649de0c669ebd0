import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { quoted } from '@tallyforge/core/plugins/text'

/** Modules of Node that would undo what the gate proves, or that VS Code's own Node lacks. */
const refusedBuiltins: Record<string, string> = {
  'node:module': 'It loads code that the gate has not seen.',
  'node:vm': 'It runs text as code.',
  'node:repl': 'It runs text as code.',
  'node:inspector': 'It runs text as code.',
  'node:inspector/promises': 'It runs text as code.',
  'node:sea': 'VS Code does not have it.',
  'node:sqlite': 'VS Code 1.100 does not have it.',
  'node:test': 'Plugins carry no tests of Node’s runner.',
}

/** The plugin's own file that a relative specifier means, as TypeScript resolves it, or null when there is none or it lies outside. */
export function resolveOwn(
  specifier: string,
  from: string,
  files: ReadonlyMap<string, string>,
): string | null {
  const path = posix.join(posix.dirname(from), specifier)
  if (path === '..' || path.startsWith('../')) return null
  const candidates = [
    ...(/\.(?:ts|json)$/.test(path) ? [path] : []),
    path.replace(/\.js$/, '.ts'),
    `${path}.ts`,
    `${path}.d.ts`,
    `${path}/index.ts`,
  ]
  return candidates.find((candidate) => /\.(?:ts|json)$/.test(candidate) && files.has(candidate)) ?? null
}

/** Whether a module specifier is one of the two kinds that exist outside of the plugin: `vscode` and allowed modules of Node. */
export function isPlatformModule(specifier: string): boolean {
  return specifier === 'vscode' || (isNodeModule(specifier) && !Object.hasOwn(refusedBuiltins, specifier))
}

const isNodeModule = (specifier: string) => specifier.startsWith('node:') && isBuiltin(specifier)

/** Why a file may not import a module, in plain words with the next step, or null when it may. */
export function checkSpecifier(
  specifier: string,
  from: string,
  files: ReadonlyMap<string, string>,
): string | null {
  const name = quoted(specifier)
  if (isPlatformModule(specifier)) return null
  if (Object.hasOwn(refusedBuiltins, specifier))
    return `${name} cannot be imported. ${refusedBuiltins[specifier]}`
  if (/^\.{1,2}(?:\/|$)/.test(specifier) && !specifier.includes('\\')) {
    return resolveOwn(specifier, from, files) === null
      ? `${name} is not a .ts or .json file of the plugin. Write it or correct the path.`
      : null
  }
  if (isBuiltin(specifier)) return `Write "node:${specifier}" instead of ${name}.`
  return `${name} cannot be imported. Plugins import only "vscode", "node:…" and their own files by relative paths.`
}
