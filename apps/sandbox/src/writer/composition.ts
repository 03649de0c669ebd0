import { type JsonObject, withPart, writeManifest } from './manifest.ts'
import { readme } from './readme.ts'
import type { Files, Part, Recipe } from './recipe.ts'

/** One whole extension out of one or more recipes. */
export function compose(chosen: readonly Recipe[], request: string): Files {
  const parts = chosen.map((recipe) => recipe.part(request))
  const start: JsonObject = {
    displayName: parts.map((part) => part.title).join(' and '),
    description: describe(chosen),
    categories: [...new Set(chosen.map((recipe) => recipe.category))],
  }
  const manifest = parts.reduce(withPart, start)
  const entry = entryFile(parts)
  return {
    'package.json': writeManifest(manifest),
    ...(entry === undefined ? {} : { 'src/extension.ts': entry }),
    ...Object.assign({}, ...parts.map((part) => part.files)),
    'README.md': readme(manifest, chosen),
  }
}

/** src/extension.ts, which starts every part; undefined when no part has code. */
export function entryFile(parts: readonly Part[]): string | undefined {
  const modules = parts.flatMap((part) => part.activate ?? [])
  if (modules.length === 0) return undefined
  const imports = modules.map(({ module, call }) => `import { ${call} } from './${module}'`)
  return `import type * as vscode from 'vscode'
${imports.join('\n')}

export function activate(context: vscode.ExtensionContext): void {
${modules.map(({ call }) => `  ${call}(context)`).join('\n')}
}
`
}

function describe(chosen: readonly Recipe[]): string {
  const text = chosen.map((recipe) => recipe.summary).join(', and ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
