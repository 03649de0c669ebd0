import { expect, test } from 'vitest'
import { inTokens, parseCount, parseTokens } from './amounts.ts'

test.each([
  ['1', 1_000_000n],
  ['1500', 1_500_000_000n],
  ['1,500', 1_500_000_000n],
  ['1,234,567.000001', 1_234_567_000_001n],
  ['0.5', 500_000n],
  ['999999999999', 999_999_999_999_000_000n],
])('%s tokens', (text, amount) => {
  expect(parseTokens(text)).toBe(amount)
})

test.each(['', '-1', '1.', '.5', '1e3', '1,50', '1,5000', '0.0000001', '١', ' 1', '1_000', '1234567890123'])(
  '%o is no amount',
  (text) => {
    expect(() => parseTokens(text)).toThrow('Write a number of tokens')
  },
)

test('one token is one', () => {
  expect([inTokens(1_000_000n), inTokens(1_500_000n), inTokens(0n)]).toEqual([
    '1 token',
    '1.5 tokens',
    '0 tokens',
  ])
})

test.each(['0', '-1', '1.5', 'all', '99999999999999999999'])('%s is no count', (text) => {
  expect(() => parseCount(text)).toThrow('Write a number above zero.')
})
