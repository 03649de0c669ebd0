import { expect, it } from 'vitest'
import { collectFiles } from './collect-files.ts'
import { createProtocolParser } from './protocol.ts'

function collect(parent: Record<string, string>, answer: string) {
  const parser = createProtocolParser()
  return collectFiles(new Map(Object.entries(parent)), [...parser.push(answer), ...parser.end()])
}

it('inherits what the answer does not name', () => {
  const result = collect(
    { 'a.ts': 'a', 'b.ts': 'b' },
    'Done.\n<file path="b.ts">\nnew\n</file>\n<file path="c.ts">\n</file>\n',
  )
  expect(Object.fromEntries(result.files)).toEqual({ 'a.ts': 'a', 'b.ts': 'new\n', 'c.ts': '' })
  expect(result).toMatchObject({ changed: ['b.ts', 'c.ts'], deleted: [], prose: 'Done.\n', cutOff: null })
})

it('deletes files, and ignores deletions of files that are not there', () => {
  const result = collect({ 'a.ts': 'a', 'b.ts': 'b' }, '<delete path="a.ts"/>\n<delete path="z.ts"/>\n')
  expect([...result.files.keys()]).toEqual(['b.ts'])
  expect(result.deleted).toEqual(['a.ts'])
})

it('takes the last of two files of one path', () => {
  const answer = '<file path="a.ts">\none\n</file>\n<file path="a.ts">\ntwo\n</file>\n'
  expect(collect({}, answer).files.get('a.ts')).toBe('two\n')
})

it('reports a file written as it was as unchanged', () => {
  expect(collect({ 'a.ts': 'a\n' }, '<file path="a.ts">\na\n</file>\n').changed).toEqual([])
})

it('keeps the parent’s content of a file that was cut off, and tells what came of it', () => {
  const result = collect({ 'a.ts': 'whole' }, '<file path="a.ts">\nhal')
  expect(result.cutOff).toEqual({ path: 'a.ts', text: 'hal' })
  expect(result.files.get('a.ts')).toBe('whole')
})

it('takes __proto__ as a path like any other', () => {
  const result = collect({}, '<file path="__proto__">\nx\n</file>\n')
  expect(result.files.get('__proto__')).toBe('x\n')
  expect({}).not.toHaveProperty('x')
})
