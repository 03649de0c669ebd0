/** A small honest plugin with a command, a key, a setting and two source files: what the tests of the gate and the archives start from. */
export function samplePlugin(changes: Record<string, string | null> = {}): Map<string, string> {
  const files = new Map<string, string>([
    ['package.json', `${JSON.stringify(sampleManifest, null, 2)}\n`],
    ['src/extension.ts', sampleEntry],
    ['src/sort.ts', sampleModule],
    ['media/panel.css', 'body { margin: 0 }\n'],
  ])
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) files.delete(path)
    else files.set(path, content)
  }
  return files
}

/** The sample's manifest with some fields replaced, as package.json. */
export function sampleManifestWith(fields: Record<string, unknown>): string {
  return JSON.stringify({ ...sampleManifest, ...fields })
}

/** The sample's entry with a line in front and one at the end. */
export function sampleEntryWith(before: string, after = ''): string {
  return `${before}\n${sampleEntry}\n${after}\n`
}

export const sampleManifest = {
  displayName: 'Sort Lines',
  description: 'Sorts the selected lines.',
  categories: ['Other'],
  keywords: ['sort'],
  contributes: {
    commands: [{ command: 'sortLines.sort', title: 'Sort Lines', category: 'Lines' }],
    keybindings: [{ command: 'sortLines.sort', key: 'ctrl+alt+s' }],
    configuration: {
      title: 'Sort Lines',
      properties: {
        'sortLines.reverse': { type: 'boolean', default: false, description: 'Sort from Z to A.' },
      },
    },
  },
}

const sampleEntry = `import * as vscode from 'vscode'
import { sorted } from './sort'

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerTextEditorCommand('sortLines.sort', (editor, edit) => {
      const reverse = vscode.workspace.getConfiguration('sortLines').get<boolean>('reverse', false)
      edit.replace(editor.selection, sorted(editor.document.getText(editor.selection), reverse))
    }),
  )
}

export function deactivate(): void {}
`

const sampleModule = `export function sorted(text: string, reverse: boolean): string {
  const lines = text.split(/\\r?\\n/).sort((a, b) => a.localeCompare(b))
  return (reverse ? lines.reverse() : lines).join('\\n')
}
`
