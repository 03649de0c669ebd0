import { expect, test } from 'vitest'
import { highlight } from './highlight.ts'

const kinds = (code: string) =>
  highlight(code, 'src/extension.ts')
    .filter(({ kind }) => kind !== 'plain')
    .map(({ kind, text }) => `${kind} ${text}`)

test('keywords, strings, numbers and comments are told apart', () => {
  expect(kinds(`const wait = 150 // not a "string"\nimport { a } from 'x'`)).toEqual([
    'keyword const',
    'number 150',
    'comment // not a "string"',
    'keyword import',
    'keyword from',
    "string 'x'",
  ])
})

test('what is cut in the middle keeps its kind, and no character is lost', () => {
  for (const code of [`const a = 'unfin`, 'x = `a', '/* open', '{ "key": 1']) {
    expect(
      highlight(code, 'src/extension.ts')
        .map(({ text }) => text)
        .join(''),
    ).toBe(code)
  }
  expect(kinds(`a = 'unfin`)).toEqual(["string 'unfin"])
})

test('what is written for people has no keywords', () => {
  expect(highlight('Put together from 3 parts', 'README.md')).toEqual([
    { text: 'Put together from 3 parts', kind: 'plain' },
  ])
})
