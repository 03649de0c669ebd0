import { expect, it } from 'vitest'
import { fakeEditor } from './fake-editor.ts'
import type { Recipe } from './recipe.ts'
import { base64 } from './recipes/base64.ts'
import { changeCase } from './recipes/change-case.ts'
import { colourHover } from './recipes/colour-hover.ts'
import { colourTheme } from './recipes/colour-theme.ts'
import { duplicateLines } from './recipes/duplicate-lines.ts'
import { insertUuid } from './recipes/insert-uuid.ts'
import { jsonCsv } from './recipes/json-csv.ts'
import { lineChart } from './recipes/line-chart.ts'
import { markdownTable } from './recipes/markdown-table.ts'
import { pomodoro } from './recipes/pomodoro.ts'
import { quickLint } from './recipes/quick-lint.ts'
import { snippetPack } from './recipes/snippet-pack.ts'
import { sortLines } from './recipes/sort-lines.ts'
import { timestamp } from './recipes/timestamp.ts'
import { todoTree } from './recipes/todo-tree.ts'
import { wordCount } from './recipes/word-count.ts'
import { recipes } from './recipes.ts'

it.each(recipes.filter((recipe) => recipe.part('').activate).map((recipe) => [recipe.id, recipe] as const))(
  'starts %s and registers its commands',
  (_id, recipe) => {
    const declared = recipe.part('').contributes.commands?.map(({ command }) => command)
    expect(fakeEditor(recipe, { text: '' }).commands().toSorted()).toEqual(declared?.toSorted())
  },
)

it.each([
  ['console.log(a(1)); x()', ['consoleLog']],
  ['if (a == b || a !== c || d != e) {}  ', ['looseEquality', 'looseEquality', 'trailingWhitespace']],
  ['// a == b, console.log(x)', []],
  ['const f = () => a >= b // https://x', []],
])('lints %s', (text, codes) => {
  const editor = fakeEditor(quickLint, { text, language: 'typescript' })
  const problems = editor.call('findProblems', editor.document) as { code: string }[]
  expect(problems.map((problem) => problem.code)).toEqual(codes)
})

it('finds notes by their tags, and only as whole words', () => {
  const text = '// TODO: write tests\nconst TODOS = 1\n/* FIXME later */\n<!-- HACKED -->\n'
  const todos = fakeEditor(todoTree, { text: '' }).call('findTodos', {}, text) as object[]
  expect(todos).toMatchObject([
    { line: 0, column: 3, tag: 'TODO', text: 'write tests' },
    { line: 2, column: 3, tag: 'FIXME', text: 'later' },
  ])
})

it('finds lines that occur more than once', () => {
  const editor = fakeEditor(duplicateLines, { text: 'long enough\nshort\n  long enough\nshort\nanother one' })
  expect(editor.call('findDuplicates', editor.document)).toEqual([[0, 2]])
})

it('draws a chart without scripts, with the most lines first', () => {
  const totals = [
    { language: 'Go', lines: 20, files: 2 },
    { language: 'CSS', lines: 10, files: 1 },
  ]
  const page = fakeEditor(lineChart, { text: '' }).call('page', totals)
  expect(page).toContain('30 lines in 2 languages')
  expect(page).toMatch(/default-src 'none'; style-src 'nonce-([\da-f]{32})'[\s\S]*<style nonce="\1">/)
  expect(page).toMatch(/width="360\.0"[\s\S]*20 in 2 files[\s\S]*width="180\.0"[\s\S]*10 in 1 file</)
})

it('starts, counts down from and resets the pomodoro', async () => {
  const editor = fakeEditor(pomodoro, { text: '', settings: { 'pomodoro.focusMinutes': 50 } })
  expect(editor.status()).toBe('$(watch) 50:00')
  await editor.run('pomodoro.startPause')
  await editor.run('pomodoro.skip')
  expect(editor.status()).toBe('$(coffee) 5:00')
  await editor.run('pomodoro.reset')
  expect(editor.status()).toBe('$(watch) 50:00')
})

it.each([
  ['ascending', 'b\na\nfile 10\nfile 2\na\n', 'a\na\nb\nfile 10\nfile 2\n'],
  ['descending', 'a\nb', 'b\na'],
  ['natural', 'file 10\nfile 2', 'file 2\nfile 10'],
  ['unique', 'b\na\nb\nB\n', 'b\na\nB\n'],
  ['reverse', '1\n2\n3\n', '3\n2\n1\n'],
])('sorts lines: %s', async (command, before, after) => {
  expect(await edited(sortLines, `sortLines.${command}`, before)).toBe(after)
})

it('sorts only the selected lines', async () => {
  const editor = fakeEditor(sortLines, { text: 'c\nb\na\nz\n', select: [[0, 4]] })
  await editor.run('sortLines.ascending')
  expect(editor.text()).toBe('b\nc\na\nz\n')
})

it('inserts a random version 4 UUID at every cursor', async () => {
  const editor = fakeEditor(insertUuid, {
    text: '\n',
    select: [
      [0, 0],
      [1, 1],
    ],
  })
  await editor.run('insertUuid.insert')
  const [first, second] = editor.text().split('\n')
  const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/
  expect(first).toMatch(uuid)
  expect(second).toMatch(uuid)
  expect(first).not.toBe(second)
})

it('turns JSON into CSV and back, with quotes where RFC 4180 wants them', async () => {
  const rows = [
    { name: 'a "b", c', note: 'two\nlines', 'deep.x': '1' },
    { name: 'd', note: '', 'deep.x': '' },
  ]
  const json = JSON.stringify([{ name: 'a "b", c', note: 'two\nlines', deep: { x: 1 } }, { name: 'd' }])
  const toCsv = fakeEditor(jsonCsv, { text: json })
  await toCsv.run('jsonCsv.toCsv')
  expect(toCsv.opened()).toBe('name,note,deep.x\r\n"a ""b"", c","two\nlines",1\r\nd,,\r\n')
  const toJson = fakeEditor(jsonCsv, { text: toCsv.opened() ?? '' })
  await toJson.run('jsonCsv.toJson')
  expect(JSON.parse(toJson.opened() ?? '')).toEqual(rows)
})

it.each(['', 'a', 'ab', 'abc', 'Grüße, 世界 🎉'])('encodes and decodes “%s” as Base64', async (text) => {
  const encoded = await edited(base64, 'base64.encode', text)
  expect(encoded).toBe(Buffer.from(text).toString('base64'))
  expect(await edited(base64, 'base64.decode', encoded)).toBe(text)
})

it('refuses to decode what is no Base64', async () => {
  await expect(edited(base64, 'base64.decode', 'a*b')).rejects.toThrow('not valid Base64')
})

it.each([
  ['camel', 'parseHttpHeader2'],
  ['pascal', 'ParseHttpHeader2'],
  ['snake', 'parse_http_header_2'],
  ['kebab', 'parse-http-header-2'],
  ['constant', 'PARSE_HTTP_HEADER_2'],
  ['title', 'Parse Http Header 2'],
])('changes the case of the word under the cursor: %s', async (command, after) => {
  expect(await edited(changeCase, `changeCase.${command}`, 'parseHTTPHeader-2')).toBe(after)
})

it('aligns a Markdown table with wide characters and escaped pipes', async () => {
  const before = '|a|b|\n|:-|--:|\n|世界|x \\| y|\n|`c|d`|1|\n\ntext | not a table\n'
  expect(await edited(markdownTable, 'markdownTable.formatAll', before)).toBe(
    '| a     |      b |\n| :---- | -----: |\n| 世界  | x \\| y |\n| `c|d` |      1 |\n\ntext | not a table\n',
  )
})

it('counts words with and without spaces between them', () => {
  expect(fakeEditor(wordCount, { text: 'It’s two-fold, 世界 & more.' }).status()).toBe('$(book) 5 words')
  expect(fakeEditor(wordCount, { text: 'one two', select: [[0, 3]] }).status()).toBe(
    '$(book) 1 word selected',
  )
})

it('inserts the time in the format of the settings', async () => {
  const editor = fakeEditor(timestamp, { text: '', settings: { 'timestamp.format': '[on] YYYY-MM-DD' } })
  await editor.run('timestamp.insert')
  const now = new Date()
  const pad = (value: number) => String(value).padStart(2, '0')
  expect(editor.text()).toBe(`on ${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`)
})

it.each(['#ff8000', '#F80', 'rgb(255, 128, 0)', 'hsl(30deg 100% 50%)'])(
  'shows %s in every notation',
  (text) => {
    const editor = fakeEditor(colourHover, { text: `colour: ${text};` })
    const hover = editor.providers
      .get('hover')
      ?.provideHover?.(editor.document, editor.document.positionAt(10))
    const written = (hover as { contents: { value: string } }).contents.value.split('\n')
    expect(written[2]).toMatch(/^hsl\(3[0-2] 100% 50%\)$/)
    expect(written[0]).toMatch(/^#ff8[08]0[0]$/)
  },
)

it.each([
  ['a purple theme', 'Purple Dark', 'vs-dark'],
  ['un tema claro verde', 'Green Light', 'vs'],
  ['nord-like', 'Nord Dark', 'vs-dark'],
  ['浅色主题', 'Blue Light', 'vs'],
])('picks the colours of a theme from “%s”', (request, label, uiTheme) => {
  const { contributes, files } = colourTheme.part(request)
  expect(contributes.themes).toMatchObject([{ label, uiTheme }])
  expect(Object.keys(files)).toEqual([contributes.themes?.[0]?.path.slice(2)])
})

const accents = ['nord', 'purple', 'pink', 'red', 'orange', 'yellow', 'green', 'teal', 'blue']
it.each(accents.flatMap((accent) => [`${accent} light`, `${accent} dark`]))(
  'keeps a %s theme readable',
  (request) => {
    const theme = JSON.parse(Object.values(colourTheme.part(request).files)[0] ?? '')
    expect(Object.keys(theme.colors).length).toBeGreaterThan(100)
    for (const colour of Object.values(theme.colors)) expect(colour).toMatch(/^#[\da-f]{6}([\da-f]{2})?$/)
    const ground = theme.colors['editor.background']
    expect(contrast(theme.colors['editor.foreground'], ground)).toBeGreaterThan(7)
    expect(contrast(theme.colors['button.foreground'], theme.colors['button.background'])).toBeGreaterThan(
      4.5,
    )
    for (const { name, settings } of theme.tokenColors) {
      expect(contrast(settings.foreground, ground), name).toBeGreaterThan(4.5)
    }
  },
)

it('brings the snippets of the languages that are named', () => {
  const { files, contributes } = snippetPack.part('snippets for Python and React')
  expect(Object.keys(files)).toEqual(['snippets/react.json', 'snippets/python.json'])
  expect(contributes.snippets).toHaveLength(3)
  for (const text of Object.values(files)) {
    for (const snippet of Object.values(JSON.parse(text))) {
      expect(snippet).toEqual({
        prefix: expect.any(String),
        body: expect.any(Array),
        description: expect.any(String),
      })
    }
  }
})

async function edited(recipe: Recipe, command: string, text: string): Promise<string> {
  const editor = fakeEditor(recipe, { text })
  await editor.run(command)
  return editor.text()
}

/** The contrast ratio of WCAG 2. */
function contrast(first: string, second: string): number {
  const [high = 0, low = 0] = [luminance(first), luminance(second)].toSorted((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
