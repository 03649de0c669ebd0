import { expect, test } from 'vitest'
import { fileRows } from './file-rows.ts'

test('folders come before files, each with its own below', () => {
  const rows = fileRows(['package.json', 'src/views/tree.ts', 'README.md', 'src/extension.ts'])
  expect(rows.map(({ name, depth }) => `${'  '.repeat(depth)}${name}`)).toEqual([
    'src',
    '  views',
    '    tree.ts',
    '  extension.ts',
    'README.md',
    'package.json',
  ])
  expect(rows.map(({ key }) => key)).toEqual([
    'src/',
    'src/views/',
    'src/views/tree.ts',
    'src/extension.ts',
    'README.md',
    'package.json',
  ])
})
