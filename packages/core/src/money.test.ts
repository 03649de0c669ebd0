import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalTokens, formatTokens, microtokensPerToken, roundUpToTokens, tokens } from './money.ts'

describe('tokens', () => {
  it('are a million microtokens each', () => {
    expect(tokens(10_000)).toBe(10_000_000_000n)
    expect(tokens(-1)).toBe(-1_000_000n)
    expect(tokens(Number.MAX_SAFE_INTEGER)).toBe(9_007_199_254_740_991_000_000n)
  })

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('cannot be made from %d', (count) => {
    expect(() => tokens(count)).toThrow(RangeError)
  })

  it.each([
    [0n, 0],
    [1n, 1],
    [1_000_000n, 1],
    [161_900_000n, 162],
    [-1n, 0],
    [-1_500_000n, -1],
  ])('round %d microtokens up to %d', (amount, count) => {
    expect(roundUpToTokens(amount)).toBe(tokens(count))
  })

  it.each([
    [0n, '0'],
    [1n, '0.000001'],
    [100_000n, '0.1'],
    [999_999n, '0.999999'],
    [1_000_000n, '1'],
    [1_284_500_000n, '1,284.5'],
    [999_000_000n, '999'],
    [1_000_000_000n, '1,000'],
    [1_234_567_890_000_001n, '1,234,567,890.000001'],
    [-1n, '−0.000001'],
    [-1_284_500_000n, '−1,284.5'],
  ])('of %d microtokens read %s', (amount, text) => {
    expect(formatTokens(amount)).toBe(text)
  })

  it('are plain decimals for programs', () => {
    expect([0n, 1n, -1_284_500_000n, 1_234_567_000_000n].map(decimalTokens)).toEqual([
      '0',
      '0.000001',
      '-1284.5',
      '1234567',
    ])
  })

  it('are written exactly: nothing is rounded away', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 24n), 10n ** 24n), (amount) => {
        const [whole = '', fraction = ''] = formatTokens(amount)
          .replaceAll(',', '')
          .replace('−', '')
          .split('.')
        const read = BigInt(whole) * microtokensPerToken + BigInt(fraction.padEnd(6, '0') || 0)
        expect(read).toBe(amount < 0n ? -amount : amount)
        expect(formatTokens(amount).startsWith('−')).toBe(amount < 0n)
      }),
    )
  })
})
