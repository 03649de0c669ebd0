import { expect, test } from 'vitest'
import { findCircle } from './chunk-circles.ts'

const filesOf = (imports: Record<string, string[]>) => new Map(Object.entries(imports))

test('a circle is named from a file back to itself, wherever one enters it', () => {
  const files = filesOf({
    page: ['frame'],
    frame: ['controls', 'start'],
    controls: ['start', 'frame'],
    start: [],
  })
  expect(findCircle(files)).toEqual(['frame', 'controls', 'frame'])
})

test('a file that imports itself is a circle', () => {
  expect(findCircle(filesOf({ a: ['a'] }))).toEqual(['a', 'a'])
})

test('files that share what they import are none', () => {
  const files = filesOf({
    page: ['frame', 'start'],
    other: ['frame'],
    frame: ['start'],
    start: ['not of the build'],
  })
  expect(findCircle(files)).toBeNull()
})
