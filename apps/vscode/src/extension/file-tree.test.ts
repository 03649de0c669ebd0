import { expect, test } from 'vitest'
import { lookUp } from './file-tree.ts'

const files = [
  { path: 'package.json', text: '{}' },
  { path: 'src/extension.ts', text: 'code' },
  { path: 'src/parts/a.ts', text: 'a' },
]

test('folders follow from the paths of files', () => {
  expect(lookUp(files, '')).toEqual({
    kind: 'folder',
    entries: [
      ['package.json', 'file'],
      ['src', 'folder'],
    ],
  })
  expect(lookUp(files, 'src')).toEqual({
    kind: 'folder',
    entries: [
      ['extension.ts', 'file'],
      ['parts', 'folder'],
    ],
  })
})

test('a file is its text, and nothing else is there', () => {
  expect(lookUp(files, 'src/parts/a.ts')).toEqual({ kind: 'file', text: 'a' })
  expect(lookUp(files, 'sr')).toBeNull()
  expect(lookUp(files, 'src/parts/a.ts/b')).toBeNull()
  expect(lookUp(files, '../package.json')).toBeNull()
})
