import { expect, it } from 'vitest'
import { readCapabilities } from './capabilities.ts'

const fields = {
  displayName: 'A',
  description: 'A.',
  categories: [],
  keywords: [],
  activationEvents: [],
  contributes: {},
}
const none = { network: false, processes: false, files: false, details: [] }

it.each([
  ['no code', null, {}],
  ['code that reaches nothing', 'var path = require("node:path"); path.join("fetch")', {}],
  ['an own function named like a global’s member', 'var x = { fetch() {} }; x.fetch()', {}],
  [
    'a module of the network',
    'var https = __toESM(require("node:https"))',
    { network: true, details: ['node:https'] },
  ],
  ['fetch', 'fetch("https://example.com")', { network: true, details: ['fetch'] }],
  ['globalThis.fetch', 'globalThis.fetch("x")', { network: true, details: ['fetch'] }],
  ['a web socket', 'new WebSocket("wss://x")', { network: true, details: ['WebSocket'] }],
  ['a web page', 'vscode.env.openExternal(uri)', { network: true, details: ['openExternal'] }],
  ['a child process', 'require("node:child_process")', { processes: true, details: ['node:child_process'] }],
  [
    'a lazy child process',
    'import("node:child_process")',
    { processes: true, details: ['node:child_process'] },
  ],
  [
    'a terminal',
    'vscode.window.createTerminal().sendText("ls")',
    { processes: true, details: ['createTerminal', 'sendText'] },
  ],
  ['a task', 'new vscode.ShellExecution("ls")', { processes: true, details: ['ShellExecution'] }],
  [
    'a command that types',
    'c.executeCommand("workbench.action.terminal.sendSequence", {})',
    { processes: true, details: ['workbench.action.terminal.sendSequence'] },
  ],
  ['files of Node', 'require("node:fs/promises")', { files: true, details: ['node:fs/promises'] }],
  [
    'files of VS Code',
    'vscode.workspace.fs.writeFile(uri, x)',
    { files: true, details: ['workspace.fs.writeFile'] },
  ],
])('reads %s', (_name, bundle, expected) => {
  expect(readCapabilities(bundle, fields)).toEqual({ ...none, ...expected })
})

it('reads a key that types into the terminal, though there is no code', () => {
  const keybindings = [
    { command: 'workbench.action.terminal.sendSequence', key: 'enter', args: { text: 'ls' } },
  ]
  expect(readCapabilities(null, { ...fields, contributes: { keybindings } })).toMatchObject({
    processes: true,
  })
})

it.each([
  ['command', { command: 'workbench.action.terminal.runSelectedText' }],
  ['alternative', { command: 'a.b', alt: 'workbench.action.terminal.runSelectedText' }],
])('reads a menu whose %s runs in the terminal, though there is no code', (_name, item) => {
  expect(readCapabilities(null, { ...fields, contributes: { menus: { 'editor/context': [item] } } })).toEqual(
    { ...none, processes: true, details: ['workbench.action.terminal.runSelectedText'] },
  )
})
