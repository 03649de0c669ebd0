/** Prefixes of commands that VS Code registers itself. A plugin that took one would replace what people know. */
const builtInPrefixes = [
  '_',
  'workbench.',
  'editor.',
  'vscode.',
  'debug.',
  'terminal.',
  'files.',
  'explorer.',
  'extensions.',
  'search.',
  'scm.',
  'git.',
  'testing.',
  'notebook.',
  'list.',
  'markdown.',
  'typescript.',
  'cursor',
  'default:',
]
const builtInCommands = new Set([
  'type',
  'undo',
  'redo',
  'setContext',
  'openInTerminal',
  'revealInExplorer',
  'revealFileInOS',
  'copyFilePath',
  'copyRelativeFilePath',
  'deleteFile',
  'renameFile',
])

/** Whether the id belongs to VS Code itself: a plugin may call or bind it, and never register it. */
export function isBuiltInCommand(id: string): boolean {
  return builtInCommands.has(id) || builtInPrefixes.some((prefix) => id.startsWith(prefix))
}

/** Why an id cannot name a plugin's own command, in plain words, or null when it can. */
export function checkCommandId(id: string): string | null {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(id)) {
    return 'Use 1 to 100 letters, digits, dots, dashes and underscores, such as myPlugin.sortLines.'
  }
  return isBuiltInCommand(id) ? 'VS Code uses this name itself. Start it with the plugin’s own name.' : null
}
