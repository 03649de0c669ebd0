import { expect, it } from 'vitest'
import { compose } from './composition.ts'
import { followUp } from './follow-up.ts'
import { commandsOf, type JsonObject, listOf, objectOf, readManifest, settingsOf } from './manifest.ts'
import type { Files } from './recipe.ts'
import { recipes } from './recipes.ts'

it.each([
  ['rename the command to Count Everything', 'Count Everything'],
  ['Rename the command "Show Word Count" to "Wörter zeigen".', 'Wörter zeigen'],
  ['rename Show Word Count to Tell Me', 'Tell Me'],
  ['call the command Word Count', 'Word Count'],
  ['Benenne den Befehl „Show Word Count“ in „Zählen“ um', 'Zählen'],
  ['nenne den Befehl Zählen', 'Zählen'],
  ['renomme la commande en Compter', 'Compter'],
  ['cambia el nombre del comando a Contar', 'Contar'],
  ['Переименуй команду в Посчитать', 'Посчитать'],
  ['把命令改名为统计', '统计'],
  ['コマンドの名前を「数える」に変更して', '数える'],
])('renames a command: %s', (request, title) => {
  const { files } = followUp(request, plugin('word-count'))
  expect(Object.keys(files)).toEqual(['package.json'])
  expect(commandsOf(manifestOf(files))).toEqual([{ command: 'wordCount.show', title }])
})

it('renames the command that is named, among several', () => {
  const { files } = followUp('rename the command "Reverse Lines" to "Flip"', plugin('sort-lines'))
  expect(commandsOf(manifestOf(files)).at(-1)).toEqual({ command: 'sortLines.reverse', title: 'Flip' })
})

it('renames a command that is written as VS Code lists it, with its category', () => {
  const { files } = followUp(
    'Rename the command "Base64: Decode Base64" to "Base64: Read it"',
    plugin('base64'),
  )
  expect(commandsOf(manifestOf(files))).toContainEqual({ command: 'base64.decode', title: 'Read it' })
})

it.each([
  ['add a keybinding ctrl+alt+w', 'ctrl+alt+w', 'cmd+alt+w'],
  ['bind to cmd+shift+j', 'ctrl+shift+j', 'cmd+shift+j'],
  ['Tastenkürzel Strg+Umschalt+F5 bitte', 'ctrl+shift+f5', 'cmd+shift+f5'],
  ['use Ctrl+K Ctrl+W', 'ctrl+k ctrl+w', 'cmd+k cmd+w'],
  ['快捷键 alt+w', 'alt+w', 'alt+w'],
])('binds keys: %s', (request, key, mac) => {
  const { files } = followUp(request, plugin('word-count'))
  expect(keybindings(files)).toEqual([{ command: 'wordCount.show', key, mac }])
})

it.each(['call it when I press ctrl+alt+5', 'ctrl+alt+5 shall show the word count'])(
  'binds keys and changes nothing else: %s',
  (request) => {
    const before = plugin('word-count')
    const { files } = followUp(request, before)
    expect(keybindings(files)).toHaveLength(1)
    expect(manifestOf(files).displayName).toBe('Word Count')
    expect(settingsOf(manifestOf(files))).toEqual(settingsOf(manifestOf(before)))
  },
)

it('binds keys to the command that is named, and changes a binding that is there', () => {
  const sort = followUp('bind ctrl+alt+r to Reverse Lines', plugin('sort-lines'))
  expect(keybindings(sort.files)).toEqual([
    { command: 'sortLines.reverse', key: 'ctrl+alt+r', mac: 'cmd+alt+r' },
  ])
  const table = followUp('change the keybinding to ctrl+shift+t', plugin('markdown-table'))
  expect(keybindings(table.files)).toEqual([
    {
      command: 'markdownTable.format',
      key: 'ctrl+shift+t',
      mac: 'cmd+shift+t',
      when: 'editorTextFocus && editorLangId == markdown',
    },
  ])
})

it.each([
  ['rename the extension to Wordy', 'displayName', 'Wordy'],
  ['call it Wordy', 'displayName', 'Wordy'],
  ['change the title to Wordy', 'displayName', 'Wordy'],
  ['Nenne die Erweiterung Wortmeister', 'displayName', 'Wortmeister'],
  ['change the description to Counts all my words.', 'description', 'Counts all my words'],
])('gives the extension other words: %s', (request, key, value) => {
  const { files } = followUp(request, plugin('word-count'))
  expect(Object.keys(files)).toEqual(['package.json'])
  expect(manifestOf(files)[key]).toBe(value)
})

it.each([
  ['add a setting maxItems default 10', 'todoTree.maxItems', 'number', 10],
  ['add a setting called greeting with default "hi"', 'todoTree.greeting', 'string', 'hi'],
  ['make the tree depth configurable', 'todoTree.treeDepth', 'string', ''],
  ['Füge eine Einstellung showIcons hinzu, Standard true', 'todoTree.showIcons', 'boolean', true],
  ['添加设置 maxItems，默认值为 10', 'todoTree.maxItems', 'number', 10],
])('adds a setting and says that nothing reads it yet: %s', (request, name, type, value) => {
  const { files, done } = followUp(request, plugin('todo-tree'))
  expect(Object.keys(files)).toEqual(['package.json', 'src/settings.ts'])
  expect(settingsOf(manifestOf(files))[name]).toMatchObject({ type, default: value })
  expect(files['src/settings.ts']).toContain(`get<${type}>('${name.split('.')[1]}'`)
  expect(done).toContain('changes nothing until someone uses it')
})

it.each([
  ['set the focus time to 50 minutes', 'pomodoro.focusMinutes', 50],
  ['make the break 10 minutes long', 'pomodoro.breakMinutes', 10],
  ['50 Minuten statt 25', 'pomodoro.focusMinutes', 50],
  ['Change the default of the setting pomodoro.breakMinutes to 9', 'pomodoro.breakMinutes', 9],
  ['Set the default of pomodoro.focusMinutes to 50', 'pomodoro.focusMinutes', 50],
  ['Change the default of focusMinutes to 50', 'pomodoro.focusMinutes', 50],
  ['Set pomodoro.focusMinutes to 40', 'pomodoro.focusMinutes', 40],
  ['setting breakMinutes default 7', 'pomodoro.breakMinutes', 7],
])('changes a default: %s', (request, name, value) => {
  const { files } = followUp(request, plugin('pomodoro'))
  expect(Object.keys(files)).toEqual(['package.json'])
  expect(settingsOf(manifestOf(files))[name]?.default).toBe(value)
})

it('adds another recipe to what is there', () => {
  const { files, done } = followUp('also add a pomodoro timer', plugin('word-count'))
  expect(Object.keys(files).toSorted()).toEqual([
    'README.md',
    'package.json',
    'src/extension.ts',
    'src/pomodoro.ts',
  ])
  expect(files['src/extension.ts']).toContain("import { activatePomodoro } from './pomodoro'")
  expect(files['src/extension.ts']).toContain('  activatePomodoro(context)\n')
  expect(files['src/extension.ts']).toContain('  activateWordCount(context)\n')
  expect(commandsOf(manifestOf(files))).toHaveLength(4)
  expect(done).toContain('I added Pomodoro')
})

it('adds code to a theme, and another theme to a theme', () => {
  const code = followUp('add bookmarks too', plugin('colour-theme'))
  expect(code.files['src/extension.ts']).toContain('activateBookmarks(context)')
  const theme = followUp('make it light green', plugin('colour-theme'))
  expect(Object.keys(theme.files)).toContain('themes/green-light.json')
})

it('never writes what the platform owns, even when it was there', () => {
  const owned = {
    name: 'x',
    publisher: 'y',
    version: '1',
    engines: {},
    main: 'm',
    scripts: {},
    dependencies: {},
  }
  const before = { 'package.json': JSON.stringify({ ...owned, displayName: 'A', contributes: {} }) }
  const { files } = followUp('rename the extension to B', before)
  expect(JSON.parse(files['package.json'] ?? '')).toEqual({ displayName: 'B', contributes: {} })
})

it.each(['add world peace', 'add a pomodoro', ''])('records what it does not understand: “%s”', (request) => {
  const { files, done } = followUp(request, plugin('pomodoro'))
  expect(Object.keys(files)).toEqual(['CHANGELOG.md'])
  expect(files['CHANGELOG.md']).toContain(`Not done: “${request}”`)
  expect(done).toContain('did not understand')
})

it('says so when it cannot extend an entry file', () => {
  const files = { ...plugin('word-count'), 'src/extension.ts': 'export const activate = () => undefined\n' }
  const result = followUp('also add bookmarks', files)
  expect(Object.keys(result.files)).toEqual(['CHANGELOG.md'])
  expect(result.done).toContain('I could not add Bookmarks')
})

function plugin(id: string): Files {
  return compose(
    recipes.filter((recipe) => recipe.id === id),
    'a dark blue one',
  )
}

function manifestOf(files: Files): JsonObject {
  return readManifest(files['package.json']) ?? {}
}

function keybindings(files: Files): unknown[] {
  return listOf(objectOf(manifestOf(files).contributes).keybindings)
}
