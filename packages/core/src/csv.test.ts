import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test('quotes what RFC 4180 wants quoted, and doubles quotes inside', () => {
  expect(csvLine(['plain', 'a,b', 'say "hi"', 'two\r\nlines', ' padded ', '', null])).toBe(
    'plain,"a,b","say ""hi""","two\r\nlines"," padded ",,\r\n',
  )
})

test('text that a spreadsheet would run is text, numbers of ours stay numbers', () => {
  for (const text of [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
  ]) {
    expect(csvLine([text]).replace(/^"/, '').startsWith("'"), JSON.stringify(text)).toBe(true)
  }
  expect(csvLine([{ decimal: '-0.1' }, 'a=1', '日本語 – العربية'])).toBe('-0.1,a=1,日本語 – العربية\r\n')
})

test('text that a spreadsheet would run is text too where it parts cells at semicolons, tabs or bars', () => {
  for (const [text, line] of [
    ['a;=1+1', "a;'=1+1"],
    ['a; =1', "a; '=1"],
    ['a\t+1', "a\t'+1"],
    ['a|@SUM(A1)', "a|'@SUM(A1)"],
    ['a;\t-1;＝1', "a;\t'-1;'＝1"],
    // A quote that ends at once is none.
    ['a;"=1', `"a;""'=1"`],
    ['a\n=1', `"a\n'=1"`],
    ['a,=1', '"a,=1"'],
    ['a;b=1|c – d', 'a;b=1|c – d'],
  ]) {
    expect(csvLine([text ?? null])).toBe(`${line}\r\n`)
  }
  for (const separator of [';', '\t', '|']) {
    const cells = csvLine(['x', 'Sort\t=1;=2|=3', 'y']).trimEnd().split(separator)
    expect(
      cells.some((cell) => cell.startsWith('=')),
      separator,
    ).toBe(false)
  }
})
