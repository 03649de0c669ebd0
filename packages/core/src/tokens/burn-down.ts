import type { Microtokens } from '../money.ts'

/** What one UTC day changed, in microtokens, each zero or more. Days without a change need no line. */
export type DayMoves = { date: string; granted: Microtokens; spent: Microtokens; expired: Microtokens }
export type BurnDownDay = DayMoves & { balance: Microtokens }

/** A month of the balance, day by day. `opening` is the balance at its start. */
export type BurnDown = {
  month: string
  opening: Microtokens
  granted: Microtokens
  spent: Microtokens
  expired: Microtokens
  days: BurnDownDay[]
}

/**
 * Lays out a month (`YYYY-MM`) up to `today` (`YYYY-MM-DD`), one line for each day, gaps carried forward. Computed
 * backwards from `closing`, the balance at the end of the last day: transfers may commit in another order than their times
 * say, so no transfer's own note of the balance is the one at midnight. A month that has not begun has no days.
 */
export function layOutBurnDown(input: {
  month: string
  today: string
  closing: Microtokens
  moves: readonly DayMoves[]
}): BurnDown {
  const moves = new Map(input.moves.map((day) => [day.date, day]))
  const sum = (part: 'granted' | 'spent' | 'expired') =>
    input.moves.reduce((total, day) => total + day[part], 0n)
  const [granted, spent, expired] = [sum('granted'), sum('spent'), sum('expired')]
  const opening = input.closing - granted + spent + expired
  let balance = opening
  const days = datesOf(input.month)
    .filter((date) => date <= input.today)
    .map((date) => {
      const day = moves.get(date) ?? { date, granted: 0n, spent: 0n, expired: 0n }
      balance += day.granted - day.spent - day.expired
      return { ...day, balance }
    })
  return { month: input.month, opening, granted, spent, expired, days }
}

/** Every date of a month, first to last. */
export function datesOf(month: string): string[] {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return Array.from({ length: count }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`)
}

/** The month `by` months after another: `shiftMonth('2026-01', -1)` is `2025-12`. */
export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}
