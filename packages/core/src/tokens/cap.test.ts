import { expect, test } from 'vitest'
import { readCap } from './cap.ts'

test('whole tokens become microtokens', () => {
  expect(readCap('1,500')).toEqual({ cap: 1_500_000_000n })
  expect(readCap(' ')).toEqual({ cap: null })
})

test.each(['1.5', '-2', 'many', '1'.repeat(13)])('%j is refused', (typed) => {
  expect(readCap(typed)).toEqual({ cap: null, error: 'Enter a whole number of tokens.' })
})

test('a cap of zero is refused', () => {
  expect(readCap('0').error).toBe('Enter a number above zero.')
})
