import type { GateMessage } from './gate.ts'

const noPackages =
  'Plugins use only vscode, node:* and their own files. Remove it and write the code yourself.'
const noScripts = 'npm and VS Code would run it on other people’s machines. Remove it.'
const noOthers = 'It would install other extensions. Remove it.'

/** Fields that make a machine run, fetch or install something; each with the reason people read. */
const refusedFields: Record<string, string> = {
  scripts: noScripts,
  dependencies: noPackages,
  devDependencies: noPackages,
  peerDependencies: noPackages,
  optionalDependencies: noPackages,
  bundledDependencies: noPackages,
  bundleDependencies: noPackages,
  overrides: noPackages,
  resolutions: noPackages,
  workspaces: noPackages,
  extensionDependencies: noOthers,
  extensionPack: noOthers,
  bin: 'It would put a program on people’s path. Remove it.',
  browser: 'The platform builds dist/extension.js only. Remove it.',
  exports: 'The platform builds dist/extension.js only. Remove it.',
  imports: 'Import files by relative paths. Remove it.',
  gypfile: noScripts,
  binary: noScripts,
  badges: 'Badges load pictures from other servers. Remove it.',
  enabledApiProposals: 'Proposed APIs do not work in a released VS Code. Remove it.',
}

/** Fields that the platform writes itself, or that say nothing to VS Code. Whatever they hold is overwritten or dropped. */
const droppedFields = new Set([
  ...['name', 'version', 'publisher', 'engines', 'main', 'type', 'private', 'license', 'icon', 'files'],
  ...['author', 'contributors', 'repository', 'homepage', 'bugs', 'preview', 'pricing', 'galleryBanner'],
  ...['capabilities', 'extensionKind', 'qna', 'markdown', 'sponsor', 'sideEffects', '$schema'],
])

/** Splits the model's package.json into what the schema judges and messages about fields that no plugin may have. */
export function refuseFields(json: Record<string, unknown>): {
  rest: Record<string, unknown>
  messages: GateMessage[]
} {
  const entries = Object.entries(json)
  const messages = entries.flatMap(([field]) => {
    const reason = Object.hasOwn(refusedFields, field) ? refusedFields[field] : undefined
    return reason ? [{ text: `"${field}" is not allowed. ${reason}`, path: 'package.json' }] : []
  })
  const rest = entries.filter(([field]) => !droppedFields.has(field) && !Object.hasOwn(refusedFields, field))
  return { rest: Object.fromEntries(rest), messages }
}
