import { describe, expect, test } from 'vitest'
import { readInput } from './input.ts'

describe('an input as superjson writes it', () => {
  test('is read with its bigints and dates', () => {
    const written = {
      json: { cap: '9007199254740993', deep: [{ at: '2026-01-01T00:00:00.000Z' }] },
      meta: { values: { cap: ['bigint'], 'deep.0.at': ['Date'] }, v: 1 },
    }
    expect(readInput(written)).toEqual({
      cap: 9_007_199_254_740_993n,
      deep: [{ at: new Date('2026-01-01T00:00:00.000Z') }],
    })
  })

  test('is read when it is nothing but a bigint', () => {
    expect(readInput({ json: '7', meta: { values: ['bigint'] } })).toBe(7n)
  })

  const digits = '9'.repeat(10_000)
  test.each([
    ['at the root', digits, ['bigint']],
    ['in a field', { cap: digits }, { cap: ['bigint'] }],
    ['deep inside', { a: [{ b: digits }] }, { 'a.0.b': ['bigint'] }],
    ['under an index that means the same', { a: ['1', digits] }, { 'a.1e0': ['bigint'] }],
    ['under a key with a dot', { 'a.b': digits }, { 'a\\.b': ['bigint'] }],
    ['as a date', { at: digits }, { at: ['Date'] }],
  ])('with a number of ten thousand digits %s is refused', (_, json, values) => {
    expect(() => readInput({ json, meta: { values, v: 1 } })).toThrow('superjson')
  })
})
