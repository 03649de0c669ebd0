import fc from 'fast-check'
import { expect, test } from 'vitest'
import { datesOf, layOutBurnDown, shiftMonth } from './burn-down.ts'

const amount = fc.bigInt({ min: 0n, max: 10n ** 18n })

test('carries the balance over days without a change, and ends at the balance', () => {
  const month = layOutBurnDown({
    month: '2026-02',
    today: '2026-02-05',
    closing: 70n,
    moves: [
      { date: '2026-02-02', granted: 100n, spent: 10n, expired: 0n },
      { date: '2026-02-04', granted: 0n, spent: 15n, expired: 5n },
    ],
  })
  expect(month).toMatchObject({ opening: 0n, granted: 100n, spent: 25n, expired: 5n })
  expect(month.days.map(({ date, balance }) => [date.slice(-2), balance])).toEqual([
    ['01', 0n],
    ['02', 90n],
    ['03', 90n],
    ['04', 70n],
    ['05', 70n],
  ])
})

test('a past month has all of its days, a leap February 29, and one that has not begun none', () => {
  const days = (month: string) =>
    layOutBurnDown({ month, today: '2028-03-31', closing: 7n, moves: [] }).days.length
  expect([days('2028-02'), days('2027-02'), days('2028-03'), days('2028-04')]).toEqual([29, 28, 31, 0])
})

test('every day follows from the day before it, whatever was moved', () => {
  const moves = fc.uniqueArray(
    fc.record({
      date: fc.constantFrom(...datesOf('2026-08')),
      granted: amount,
      spent: amount,
      expired: amount,
    }),
    { selector: (day) => day.date },
  )
  fc.assert(
    fc.property(moves, fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (moved, closing) => {
      const { opening, days } = layOutBurnDown({
        month: '2026-08',
        today: '2026-09-01',
        closing,
        moves: moved,
      })
      let before = opening
      for (const day of days) {
        expect(day.balance).toBe(before + day.granted - day.spent - day.expired)
        before = day.balance
      }
      expect(before).toBe(closing)
    }),
  )
})

test('months go on over the end of a year, both ways', () => {
  expect([shiftMonth('2025-12', 1), shiftMonth('2026-01', -1), shiftMonth('2026-05', -14)]).toEqual([
    '2026-01',
    '2025-12',
    '2025-03',
  ])
})
