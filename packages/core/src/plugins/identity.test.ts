import { expect, it } from 'vitest'
import { pluginName } from './identity.ts'

it.each([
  ['Sort Lines!', 'sort-lines-89abcdef'],
  ['  Überraschung & Café  ', 'uberraschung-cafe-89abcdef'],
  ['行を並べ替える', 'plugin-89abcdef'],
  ['日本語 Tools', 'tools-89abcdef'],
  ['../../etc', 'etc-89abcdef'],
  ['', 'plugin-89abcdef'],
  [`${'a'.repeat(39)} bcd`, `${'a'.repeat(39)}-89abcdef`],
  ['a'.repeat(100), `${'a'.repeat(40)}-89abcdef`],
])('names %s', (title, name) => {
  expect(pluginName('plg_0192-0123-89ABCDEF', title)).toBe(name)
})

it.each([
  [['Word Count', 'Show the word count in the status bar'], 'word-count-89abcdef'],
  [['行を並べ替える', 'Sort lines'], 'sort-lines-89abcdef'],
  [['行', '並'], 'plugin-89abcdef'],
])('names %j by the first that can be read', (titles, name) => {
  expect(pluginName('plg_0192-0123-89ABCDEF', ...titles)).toBe(name)
})
