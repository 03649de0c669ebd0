import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CallRecord, costSoFar, countUsage, decideSettlement, type Outcome } from './charge.ts'
import { readUsage } from './usage.ts'

const price = { input: 3n, cachedInput: 1n, output: 7n }
const hold = 1_000_000n

/** Where the person's connection ended. The answer has 100 pieces of 8 characters. */
const disconnects = ['before headers', 'before a token', 'after 1', 'after 50', 'after all'] as const
/** What the provider said of usage, for an input of 400 and an answer of up to 200 tokens. */
const usages = {
  present: { input: 400, output: 190 },
  late: { input: 400, output: 190 },
  absent: null,
  negative: { input: -400, output: -190 },
  NaN: { input: Number.NaN, output: Number.NaN },
  string: { input: '400', output: '190' },
  // As JSON reads it.
  '1e309': { input: 400, output: Number('1e309') },
  'zero with text': { input: 400, output: 0 },
  huge: { input: Number.MAX_SAFE_INTEGER, output: Number.MAX_SAFE_INTEGER },
} as const
const modes = ['stream', 'plain'] as const
const upstreams = [200, 400, 429, 500, 'reset', 'hang'] as const

type Case = {
  disconnect: (typeof disconnects)[number]
  usage: keyof typeof usages
  mode: (typeof modes)[number]
  upstream: (typeof upstreams)[number]
}

const cases: Case[] = disconnects.flatMap((disconnect) =>
  (Object.keys(usages) as Case['usage'][]).flatMap((usage) =>
    modes.flatMap((mode) => upstreams.map((upstream) => ({ disconnect, usage, mode, upstream }))),
  ),
)

/** How many of the answer's 100 pieces reached us before the end. */
function piecesOf({ disconnect, mode, upstream }: Case): number {
  if (typeof upstream === 'number' && upstream >= 400) return 0
  const wanted = { 'before headers': 0, 'before a token': 0, 'after 1': 1, 'after 50': 50, 'after all': 100 }[
    disconnect
  ]
  // Without streaming the answer comes whole or not at all.
  const seen = mode === 'plain' && wanted < 100 ? 0 : wanted
  // A provider that resets or hangs does so halfway.
  return upstream === 200 ? seen : Math.min(seen, mode === 'plain' ? 0 : 30)
}

function isCanceled({ disconnect, upstream }: Case): boolean {
  if (disconnect === 'after all') return false
  // The failure was there first, unless the person left before anything could fail.
  return (
    upstream === 200 ||
    disconnect === 'before headers' ||
    (typeof upstream === 'string' && disconnect !== 'after 50')
  )
}

/** The case as the charge sees it: our own observation of one call. */
function recordOf(each: Case): { call: CallRecord; outcome: Outcome } {
  const pieces = piecesOf(each)
  const canceled = isCanceled(each)
  const failed = !canceled && each.upstream !== 200
  const isUsageHere = each.usage !== 'late' || each.disconnect === 'after all'
  // Reasoning may have started before the first piece of text.
  const started =
    pieces > 0 || (each.disconnect === 'before a token' && each.upstream === 200 && each.mode === 'stream')
  const [end, outcome] = canceled ? (['aborted', 'canceled'] as const) : (['finished', 'succeeded'] as const)
  return {
    call: {
      end: failed ? 'failed' : end,
      started,
      inputCharacters: 1_600,
      outputCharacters: pieces * 8,
      reported: isUsageHere ? usages[each.usage] : null,
    },
    outcome: failed ? 'failed' : outcome,
  }
}

/** The rule of charging in its own words, sharing no line with the code on trial. */
function oracle(
  { call, outcome }: { call: CallRecord; outcome: Outcome },
  usage: Case['usage'],
  isUsageHere: boolean,
) {
  const nothing = { charge: 0n, borne: 0n, isEstimated: false }
  if (!call.started) return nothing
  const estimate = 3n * 400n + 7n * BigInt(Math.ceil(call.outputCharacters / 4))
  const reported: Record<Case['usage'], bigint | null> = {
    present: 3n * 400n + 7n * 190n,
    late: isUsageHere ? 3n * 400n + 7n * 190n : null,
    absent: null,
    negative: null,
    NaN: null,
    string: null,
    '1e309': null,
    // Believed only where there really is no text.
    'zero with text': call.outputCharacters === 0 ? 3n * 400n : null,
    huge: hold,
  }
  const cost = reported[usage] ?? estimate
  const amount = cost > hold ? hold : cost
  const isEstimated = reported[usage] === null
  return outcome === 'failed'
    ? { charge: 0n, borne: amount, isEstimated }
    : { charge: amount, borne: 0n, isEstimated }
}

describe('the charge', () => {
  it('is tried in 540 cases', () => {
    expect(cases).toHaveLength(540)
  })

  it.each(disconnects)('follows what the provider used, with a disconnect %s', (disconnect) => {
    for (const each of cases.filter((one) => one.disconnect === disconnect)) {
      const record = recordOf(each)
      const { charge, borne, isEstimated, usage } = decideSettlement({
        outcome: record.outcome,
        calls: [record.call],
        price,
        hold,
      })
      const isUsageHere = each.usage !== 'late' || each.disconnect === 'after all'
      expect({ charge, borne, isEstimated }, JSON.stringify(each)).toEqual(
        oracle(record, each.usage, isUsageHere),
      )
      // In every case: nothing negative, nothing above the hold, nothing for a failure, nobody credited.
      expect(charge >= 0n && borne >= 0n && charge + borne <= hold).toBe(true)
      if (each.upstream !== 200 && record.outcome === 'failed') expect(charge).toBe(0n)
      for (const count of Object.values(usage)) expect(Number.isSafeInteger(count) && count >= 0).toBe(true)
    }
  })

  it('reaches all its branches: the cases are no copies of one another', () => {
    const seen = new Set(
      cases.map((each) => {
        const record = recordOf(each)
        const { charge, borne, isEstimated } = decideSettlement({
          ...record,
          calls: [record.call],
          price,
          hold,
        })
        return `${record.outcome} ${charge > 0n} ${borne > 0n} ${charge + borne === hold} ${isEstimated}`
      }),
    )
    expect([...seen].sort()).toEqual([
      'canceled false false false false',
      'canceled true false false false',
      'canceled true false false true',
      'canceled true false true false',
      'failed false false false false',
      'failed false true false false',
      'failed false true false true',
      'failed false true true false',
      'succeeded true false false false',
      'succeeded true false false true',
      'succeeded true false true false',
    ])
  })

  it('of several calls is the sum of what each used, capped once', () => {
    const call = (output: number): CallRecord => ({
      end: 'finished',
      started: true,
      inputCharacters: 0,
      outputCharacters: 40,
      reported: { input: 100, cachedInput: 60, output },
    })
    const calls = [call(10), call(20)]
    const each = 40n * 3n + 60n * 1n
    expect(decideSettlement({ outcome: 'succeeded', calls, price, hold })).toEqual({
      charge: 2n * each + 30n * 7n,
      borne: 0n,
      usage: { input: 200, cachedInput: 120, output: 30 },
      isEstimated: false,
    })
    expect(decideSettlement({ outcome: 'succeeded', calls, price, hold: 100n }).charge).toBe(100n)
    expect(decideSettlement({ outcome: 'failed', calls, price, hold: 100n })).toMatchObject({
      charge: 0n,
      borne: 100n,
    })
    expect(decideSettlement({ outcome: 'succeeded', calls: [], price, hold })).toMatchObject({
      charge: 0n,
      borne: 0n,
    })
  })

  it('stays exact when the counts of several calls leave the safe integers', () => {
    const most = Number.MAX_SAFE_INTEGER
    const call = (output: number): CallRecord => ({
      end: 'finished',
      started: true,
      inputCharacters: 0,
      outputCharacters: 40,
      reported: { input: 0, output },
    })
    const calls = [call(most), call(most), call(1)]
    expect(decideSettlement({ outcome: 'succeeded', calls, price, hold: 10n ** 30n }).charge).toBe(
      7n * (2n * BigInt(most) + 1n),
    )
  })

  it('of anything that a provider may say stays within the hold and credits nobody', () => {
    const anything = fc.oneof(fc.anything(), fc.double(), fc.integer(), fc.maxSafeInteger(), fc.bigInt())
    fc.assert(
      fc.property(
        fc.record({ input: anything, cachedInput: anything, output: anything }),
        fc.nat(10_000),
        fc.bigInt(0n, 10n ** 12n),
        fc.constantFrom<Outcome>('succeeded', 'failed', 'canceled'),
        (reported, outputCharacters, held, outcome) => {
          const call: CallRecord = {
            end: 'finished',
            started: true,
            inputCharacters: 100,
            outputCharacters,
            reported,
          }
          const { charge, borne } = decideSettlement({ outcome, calls: [call], price, hold: held })
          expect(charge >= 0n && borne >= 0n && charge + borne <= held).toBe(true)
          expect(outcome === 'failed' ? charge : borne).toBe(0n)
          // What was refused as usage is replaced by our own count, never by nothing.
          if (readUsage(reported) === null) expect(countUsage(call).isEstimated).toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('the cost so far', () => {
  it('is what canceling charges when the provider reports nothing', () => {
    const begun = { inputTokens: 100, outputTokens: 20 }
    const waiting = { inputTokens: 140, outputTokens: 0 }
    const records: CallRecord[] = [begun, waiting].map(({ inputTokens, outputTokens }) => ({
      end: 'aborted',
      started: outputTokens > 0,
      inputCharacters: inputTokens * 4,
      outputCharacters: outputTokens * 4,
      reported: null,
    }))
    const { charge } = decideSettlement({ outcome: 'canceled', calls: records, price, hold })
    expect(costSoFar([begun, waiting], price)).toBe(charge)
    expect(charge).toBe(100n * 3n + 20n * 7n)
  })

  it('is nothing before the first word', () => {
    expect(costSoFar([], price)).toBe(0n)
    expect(costSoFar([{ inputTokens: 100, outputTokens: 0 }], price)).toBe(0n)
  })
})

describe('reading usage', () => {
  it.each([
    ['whole', { input: 5, cachedInput: 2, output: 1 }, { input: 5, cachedInput: 2, output: 1 }],
    ['without a cached part', { input: 5, output: 1 }, { input: 5, cachedInput: 0, output: 1 }],
    [
      'more cached than there was',
      { input: 5, cachedInput: 6, output: 1 },
      { input: 5, cachedInput: 0, output: 1 },
    ],
    [
      'a negative cached part',
      { input: 5, cachedInput: -1, output: 1 },
      { input: 5, cachedInput: 0, output: 1 },
    ],
    ['a fraction', { input: 5.5, output: 1 }, null],
    ['a number as text', { input: '5', output: 1 }, null],
    ['a bigint', { input: 5n, output: 1 }, null],
    ['a number object', { input: Object(5), output: 1 }, null],
    ['infinity', { input: Number.POSITIVE_INFINITY, output: 1 }, null],
    ['above the safe integers', { input: Number.MAX_SAFE_INTEGER + 1, output: 1 }, null],
    ['no input', { output: 1 }, null],
    ['no output', { input: 5, output: null }, null],
    ['nothing', {}, null],
  ])('%s', (_, reported, usage) => {
    expect(readUsage(reported)).toEqual(usage)
  })
})
