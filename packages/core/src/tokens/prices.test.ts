import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokens } from '../money.ts'
import { priceBookJson } from './price-book-json.ts'
import { costOf, type ModelPrice, priceOf, standardPrice } from './prices.ts'
import { addUsage, estimateTokens, type Usage } from './usage.ts'

const usage: fc.Arbitrary<Usage> = fc
  .record({ input: fc.nat(1e9), output: fc.nat(1e9), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ input, output, share }) => ({ input, cachedInput: Math.floor(input * share), output }))
const amount = fc.bigInt(0n, 10n ** 18n - 1n)
const price: fc.Arbitrary<ModelPrice> = fc.record({ input: amount, cachedInput: amount, output: amount })

describe('a cost', () => {
  it('by the standard price is 0.1 token for a token in and 0.2 for a token out', () => {
    expect(costOf({ input: 10, cachedInput: 0, output: 0 }, standardPrice)).toBe(tokens(1))
    expect(costOf({ input: 0, cachedInput: 0, output: 5 }, standardPrice)).toBe(tokens(1))
    expect(costOf({ input: 1_000, cachedInput: 400, output: 250 }, standardPrice)).toBe(tokens(150))
  })

  it('counts cached input at its own price, once', () => {
    const cheap = { input: 10n, cachedInput: 1n, output: 100n }
    expect(costOf({ input: 7, cachedInput: 3, output: 2 }, cheap)).toBe(4n * 10n + 3n + 200n)
  })

  it('of two calls is the sum of their costs', () => {
    fc.assert(
      fc.property(usage, usage, price, (a, b, p) => {
        expect(costOf(addUsage(a, b), p)).toBe(costOf(a, p) + costOf(b, p))
      }),
    )
  })

  it('is never negative, never less for more, and the same each time', () => {
    fc.assert(
      fc.property(usage, price, (used, p) => {
        const cost = costOf(used, p)
        expect(cost >= 0n).toBe(true)
        expect(costOf({ ...used, output: used.output + 1 }, p)).toBe(cost + p.output)
        expect(costOf({ ...used }, { ...p })).toBe(cost)
      }),
    )
  })

  it('is exact where a float would not be', () => {
    const most = Number.MAX_SAFE_INTEGER
    expect(
      costOf({ input: most, cachedInput: 0, output: most }, { input: 3n, cachedInput: 0n, output: 7n }),
    ).toBe(90_071_992_547_409_910n)
  })
})

describe('a price book', () => {
  const json = {
    standard: { input: '100000', cachedInput: '100000', output: '200000' },
    models: { 'a/b': { input: '1', cachedInput: '0', output: '2' } },
  }
  const { standard, models } = priceBookJson.parse(json)
  const book = { id: 'test', standard, models: new Map(Object.entries(models)) }

  it("gives a model its own price, and every other the standard's", () => {
    expect(priceOf(book, 'a/b')).toEqual({ input: 1n, cachedInput: 0n, output: 2n })
    expect(priceOf(book, 'a/c')).toEqual(standardPrice)
    expect(priceOf(book, '__proto__')).toEqual(standardPrice)
  })

  it.each(['-1', '1.5', '1e9', '', ' 1', '0x10', '1000000000000000000'])('takes no price of %j', (input) => {
    expect(priceBookJson.safeParse({ ...json, standard: { ...json.standard, input } }).success).toBe(false)
  })
})

describe('an estimate of tokens', () => {
  it.each([
    [0, 0],
    [1, 1],
    [4, 1],
    [5, 2],
    [8_001, 2_001],
  ])('of %d characters is %d: a quarter, rounded up', (characters, count) => {
    expect(estimateTokens(characters)).toBe(count)
  })
})
