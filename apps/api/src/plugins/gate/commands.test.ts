import { expect, it } from 'vitest'
import { checkCommands } from './commands.ts'

const fields = (...commands: string[]) => ({
  displayName: 'A',
  description: 'A.',
  categories: [],
  keywords: [],
  activationEvents: [],
  contributes: { commands: commands.map((command) => ({ command, title: 'A' })) },
})

it.each([
  ['a literal', 'vscode.commands.registerCommand("a.b", f)'],
  ['a template without expressions', 'vscode.commands.registerCommand(`a.b`, f)'],
  ['an editor’s command', 'vscode.commands.registerTextEditorCommand("a.b", f)'],
  ['a bare call', 'var { registerCommand } = vscode.commands; registerCommand("a.b", f)'],
  ['a constant', 'var id = "a.b"; vscode.commands.registerCommand(id, f)'],
])('finds %s', (_name, bundle) => {
  expect(checkCommands(bundle, fields('a.b'))).toEqual([])
})

it.each([
  [
    'a constant that is assigned again',
    'var id = "a.b"; id = g(); vscode.commands.registerCommand(id, f)',
    'literal',
  ],
  [
    'a parameter of a constant’s name',
    'var id = "a.b"; function r(id) { vscode.commands.registerCommand(id, f) }',
    'literal',
  ],
  ['a computed id', 'vscode.commands.registerCommand("a." + "b", f)', 'literal'],
  ['nothing', 'g()', 'no code registers'],
  ['a comment', '// vscode.commands.registerCommand("a.b", f)', 'no code registers'],
])('does not take %s', (_name, bundle, reason) => {
  expect(checkCommands(bundle, fields('a.b'))[0]?.text).toContain(reason)
})

it('names commands that nobody finds', () => {
  expect(checkCommands('c.registerCommand("a.b", f); c.registerCommand("a.c", f)', fields('a.b'))).toEqual([
    {
      text: 'The code registers "a.c", but package.json does not declare it. Add it to contributes.commands.',
      path: 'package.json',
    },
  ])
})
