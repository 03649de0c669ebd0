import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokens } from '../money.ts'
import { affordableOutput, estimateGeneration } from './estimate.ts'
import { costOf, standardPrice } from './prices.ts'

const amount = fc.bigInt(0n, 1_000_000n)
const price = fc.record({ input: amount, cachedInput: amount, output: amount })
const limit = fc.integer({ min: 1, max: 100_000 })

describe('the estimate of a generation', () => {
  it('holds the most that a call can cost, and says what is usual', () => {
    expect(
      estimateGeneration({ inputCharacters: 4_000, price: standardPrice, outputLimit: 16_000, cap: null }),
    ).toEqual({ low: tokens(240), high: tokens(620), hold: tokens(3_300), minimum: tokens(200) })
  })

  it('holds no more than the cap', () => {
    const input = { inputCharacters: 4_000, price: standardPrice, outputLimit: 16_000 }
    expect(estimateGeneration({ ...input, cap: tokens(300) })).toEqual({
      low: tokens(240),
      high: tokens(300),
      hold: tokens(300),
      minimum: tokens(200),
    })
    expect(estimateGeneration({ ...input, cap: tokens(9_999) }).hold).toBe(tokens(3_300))
    expect(estimateGeneration({ ...input, cap: 0n })).toMatchObject({ low: 0n, high: 0n, hold: 0n })
  })

  it.each([
    ['in whole tokens', 4_004, 16_000, tokens(201)],
    ['of a model that writes little, for what it can write', 4_000, 50, tokens(110)],
  ])('says what a cap must at least be, %s', (_, inputCharacters, outputLimit, minimum) => {
    const input = { inputCharacters, price: standardPrice, outputLimit }
    expect(estimateGeneration({ ...input, cap: tokens(5) }).minimum).toBe(minimum)
  })

  it('is ordered, and covers every call within the limit', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        price,
        limit,
        fc.option(fc.bigInt(0n, 10n ** 12n)),
        fc.nat(100_000),
        (inputCharacters, p, outputLimit, cap, output) => {
          const { low, high, hold } = estimateGeneration({ inputCharacters, price: p, outputLimit, cap })
          expect(0n <= low && low <= high && high <= hold).toBe(true)
          const used = {
            input: Math.ceil(inputCharacters / 4),
            cachedInput: 0,
            output: Math.min(output, outputLimit),
          }
          if (cap === null) expect(costOf(used, p) <= hold).toBe(true)
          else expect(hold <= cap).toBe(true)
        },
      ),
    )
  })
})

describe('the output that can be paid', () => {
  const affordable = (remaining: bigint, inputTokens: number, outputLimit = 16_000, p = standardPrice) =>
    affordableOutput({ remaining, inputTokens, price: p, outputLimit })

  it.each([
    ['all of it', tokens(10_000), 1_000, 16_000],
    ['what is left', tokens(300), 1_000, 1_000],
    ['nothing, when the input takes all', tokens(100), 1_000, 0],
    ['nothing, when the input takes more', tokens(99), 1_000, 0],
    ['nothing, when less than one is left', tokens(100) + 199_999n, 1_000, 0],
    ['one', tokens(100) + 200_000n, 1_000, 1],
    ['nothing of a debt', -1n, 0, 0],
  ])('is %s', (_, remaining, inputTokens, output) => {
    expect(affordable(remaining, inputTokens)).toBe(output)
  })

  it('of a free model is the limit, also with nothing left', () => {
    const free = { input: 0n, cachedInput: 0n, output: 0n }
    expect(affordable(0n, 1_000, 500, free)).toBe(500)
    expect(affordable(-1n, 1_000, 500, free)).toBe(0)
  })

  it('never costs more than what remains, and one more would', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.nat(100_000),
        price,
        limit,
        (remaining, inputTokens, p, outputLimit) => {
          const output = affordable(remaining, inputTokens, outputLimit, p)
          const cost = (count: number) => costOf({ input: inputTokens, cachedInput: 0, output: count }, p)
          expect(output).toBeLessThanOrEqual(outputLimit)
          if (output > 0) expect(cost(output) <= remaining).toBe(true)
          if (output < outputLimit) expect(cost(output + 1) > remaining).toBe(true)
        },
      ),
    )
  })
})
