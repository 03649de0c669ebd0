import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { areSameFiles, keepLocked } from './locks.ts'

const parent = new Map([
  ['LICENSE', 'MIT'],
  ['README.md', 'ours'],
  ['src/extension.ts', 'code'],
])
const wrote = (changes: Record<string, string | null>) => {
  const files = new Map(parent)
  for (const [path, text] of Object.entries(changes)) {
    if (text === null) files.delete(path)
    else files.set(path, text)
  }
  return files
}

it.each([
  [
    'a write is not taken',
    { 'README.md': 'theirs', 'src/extension.ts': 'new' },
    ['README.md'],
    ['README.md'],
  ],
  ['a deletion is not taken', { LICENSE: null, 'src/extension.ts': 'new' }, ['LICENSE'], ['LICENSE']],
  ['what was left alone is not told of', { 'src/extension.ts': 'new' }, ['README.md', 'LICENSE'], []],
  ['the same content again is no change', { 'README.md': 'ours' }, ['README.md'], []],
  ['a file that the parent never had stays away', { 'NOTES.md': 'new' }, ['NOTES.md'], ['NOTES.md']],
  [
    'several are told in order',
    { 'README.md': null, LICENSE: 'none' },
    ['README.md', 'LICENSE'],
    ['LICENSE', 'README.md'],
  ],
  ['without locks everything is taken', { 'README.md': 'theirs', LICENSE: null }, [], []],
] as [string, Record<string, string | null>, string[], string[]][])('%s', (_, changes, locked, kept) => {
  const given = wrote(changes)
  const result = keepLocked(parent, given, locked)
  expect(result.kept).toEqual(kept)
  for (const path of locked) expect(result.files.get(path)).toBe(parent.get(path))
  for (const path of given.keys()) {
    if (!locked.includes(path)) expect(result.files.get(path)).toBe(given.get(path))
  }
})

test('whatever was written, locked paths end as they began and all others as written; once is as good as twice', () => {
  const paths: string[] = ['a', 'b', 'c', '__proto__', 'constructor']
  const path = fc.constantFrom(...paths)
  const files = fc.array(fc.tuple(path, fc.constantFrom('1', '2', ''))).map((entries) => new Map(entries))
  fc.assert(
    fc.property(files, files, fc.uniqueArray(path), (before, after, locked) => {
      const { files: result, kept } = keepLocked(before, after, locked)
      for (const each of paths) {
        const source = locked.includes(each) ? before : after
        expect([result.has(each), result.get(each)]).toEqual([source.has(each), source.get(each)])
      }
      expect(kept).toEqual(locked.filter((each) => before.get(each) !== after.get(each)).sort())
      expect(keepLocked(before, result, locked).kept).toEqual([])
    }),
  )
})

test('files are the same when paths and contents are', () => {
  expect(areSameFiles(parent, new Map([...parent].reverse()))).toBe(true)
  expect(areSameFiles(parent, wrote({ LICENSE: null }))).toBe(false)
  expect(areSameFiles(parent, wrote({ 'README.md': 'theirs' }))).toBe(false)
  expect(areSameFiles(parent, wrote({ LICENSE: null, LICENCE: 'MIT' }))).toBe(false)
})
