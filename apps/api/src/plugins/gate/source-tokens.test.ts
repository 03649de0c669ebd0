import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findTooDeep, isTooDeepJson } from './nesting.ts'
import { positionOf, scanSource } from './source-tokens.ts'

const words = (source: string) => scanSource(source).tokens.map(({ text }) => text)

describe('scanSource', () => {
  it.each([
    ['strings', `a('it\\'s', "x")`, ['a', '(', `'it\\'s'`, ',', '"x"', ')']],
    ['templates in templates', `a\`b\${c\`d\${e}f\`}g\``, ['a', '`b${', 'c', '`d${', 'e', '}f`', '}g`']],
    ['braces inside of a template', `\`\${{ a: 1 }}\``, ['`${', '{', 'a', ':', '1', '}', '}`']],
    ['a regular expression', 'x = /[/"]\\/"/g', ['x', '=', '/[/"]\\/"/g']],
    ['divisions', '(a) / b / "c"', ['(', 'a', ')', '/', 'b', '/', '"c"']],
    ['a regular expression after return', 'return /"/', ['return', '/"/']],
    ['arrows and operators', 'a=>a?.b++', ['a', '=>', 'a', '?.', 'b', '++']],
  ])('reads %s', (_name, source, expected) => {
    expect(words(source)).toEqual(expected)
  })

  it('keeps comments apart, with their places', () => {
    const { tokens, comments } = scanSource('a // "b\n/* c\n */ d')
    expect(tokens.map(({ text }) => text)).toEqual(['a', 'd'])
    expect(comments).toEqual([
      { text: '// "b', offset: 2 },
      { text: '/* c\n */', offset: 8 },
    ])
  })

  it('loses no character of any text and always ends', () => {
    const mark = fc.constantFrom(
      '`',
      '${',
      '}',
      '{',
      '/',
      '//',
      '/*',
      '*/',
      '"',
      "'",
      '\\',
      '\n',
      ' ',
      'a',
      '[',
      ']',
      '😀',
    )
    const property = fc.property(
      fc.array(mark).map((marks) => marks.join('')),
      (source) => {
        const { tokens, comments } = scanSource(source)
        const parts = [...tokens, ...comments].sort((one, other) => one.offset - other.offset)
        let end = 0
        for (const { text, offset } of parts) {
          expect(source.slice(end, offset).trim()).toBe('')
          expect(source.slice(offset, offset + text.length)).toBe(text)
          end = offset + text.length
        }
        expect(source.slice(end).trim()).toBe('')
      },
    )
    fc.assert(property)
  })

  it.each(['=/[', '`${', '/*', '"', "'\\", '/\\', '{', 'a=/x'])('reads 2 MB of %s in linear time', (unit) => {
    // A reader that began again at each of them would outlast this test.
    const { tokens, comments } = scanSource(unit.repeat((2 * 1024 * 1024) / unit.length))
    expect(tokens.length + comments.length).toBeGreaterThan(0)
  })
})

it.each([
  ['braces', '{'.repeat(300)],
  ['closed parentheses', `${'('.repeat(300)}1${')'.repeat(300)}`],
  ['templates', '`${'.repeat(300)],
  ['signs', `x = ${'!'.repeat(6000)}1`],
  ['arrows', `x = ${'(a)=>'.repeat(21_000)}1`],
  ['conditions', `${'if(a)'.repeat(21_000)};`],
  ['labels', `${'a:'.repeat(6000)};`],
])('finds too many nested %s', (_name, source) => {
  expect(findTooDeep(scanSource(source).tokens)).not.toBeNull()
})

it.each([
  ['lists', `const x = ${'['.repeat(240)}${']'.repeat(240)}`],
  ['objects', `const x = ${'{ a: '.repeat(81)}1${' }'.repeat(81)}`],
])('finds %s that the checker would compare for all its time', (_name, source) => {
  expect(findTooDeep(scanSource(source).tokens)).not.toBeNull()
})

it.each([
  ['lists', `${'['.repeat(81)}${']'.repeat(81)}`, true],
  ['objects', `${'{"a":'.repeat(81)}1${'}'.repeat(81)}`, true],
  ['lists behind a text that breaks off', `"\n${'['.repeat(81)}`, true],
  ['lists of 80 levels', `${'['.repeat(80)}${']'.repeat(80)}`, false],
  ['many objects, and brackets in texts', `[${'{"[[": "{\\"["},'.repeat(100)}1]`, false],
])('judges JSON of %s', (_name, text, isTooDeep) => {
  expect(isTooDeepJson(text)).toBe(isTooDeep)
})

it('reads a class of any length as a part of its expression, and an open one as signs', () => {
  const long = `/[${'a/'.repeat(1000)}]b/gi`
  expect(words(`x = ${long}`)).toEqual(['x', '=', long])
  expect(words('x = /[a/')).toEqual(['x', '=', '/', '[', 'a', '/'])
  expect(words('x = /[/\ny = /[/]/')).toEqual(['x', '=', '/', '[', '/', 'y', '=', '/[/]/'])
})

it('takes long lists and long functions', () => {
  const list = `const list = [${Array.from({ length: 20_000 }, (_, i) => `{ a: ${i} }`).join(', ')}]`
  const sum = `const sum = ${Array.from({ length: 1000 }, () => "'a'").join(' + ')}`
  expect(findTooDeep(scanSource(`${list}\n${sum}`).tokens)).toBeNull()
})

it('counts lines and columns from 1', () => {
  expect(positionOf('ab\ncd', 0)).toEqual({ line: 1, column: 1 })
  expect(positionOf('ab\ncd', 4)).toEqual({ line: 2, column: 2 })
})
