import { describe, expect, it } from 'vitest'
import { formatTokens } from './money.ts'
import { planIds, plans } from './plans.ts'

/** The product's table of plans, cell by cell as it is published. */
const published = `
  Developer  | FREE | 0    | 10,000    | 1,000   | stops  | 100 | 1  | 1
  Standard   | PRO  | 49   | 500,000   | 50,000  | 0.0015 | -   | 3  | 5
  Growth     | TEAM | 249  | 3,000,000 | 500,000 | 0.0008 | -   | 10 | 25
  Enterprise | ENT  | -    | -         | -       | stops  | -   | -  | -`

describe('the plans', () => {
  it('are what is published', () => {
    const count = (value: number | null) => (value === null ? '-' : value.toLocaleString('en-US'))
    const rows = planIds.map((id) => {
      const plan = plans[id]
      const overage = plan.detectionOverageMicrodollars
      return [
        plan.name,
        plan.licenseTier,
        plan.priceCents === null ? '-' : String(plan.priceCents / 100),
        plan.monthlyTokens === null ? '-' : formatTokens(plan.monthlyTokens),
        count(plan.monthlyDetections),
        overage === null ? 'stops' : String(overage / 1_000_000),
        count(plan.dailyCommands),
        count(plan.devices),
        count(plan.seats),
      ]
    })
    expect(rows).toEqual(
      published
        .trim()
        .split('\n')
        .map((line) => line.split('|').map((cell) => cell.trim())),
    )
  })

  it('never give less for more money', () => {
    const paid = [plans.developer, plans.standard, plans.growth]
    for (const [index, plan] of paid.entries()) {
      const next = paid[index + 1]
      if (next === undefined) continue
      expect(next.priceCents).toBeGreaterThan(plan.priceCents ?? 0)
      expect((next.monthlyTokens ?? 0n) > (plan.monthlyTokens ?? 0n)).toBe(true)
      expect(next.monthlyDetections).toBeGreaterThan(plan.monthlyDetections ?? 0)
      expect(next.seats).toBeGreaterThan(plan.seats ?? 0)
    }
  })
})
