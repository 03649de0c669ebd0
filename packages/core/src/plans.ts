import { type Microtokens, tokens } from './money.ts'

export const planIds = ['developer', 'standard', 'growth', 'enterprise'] as const
export type PlanId = (typeof planIds)[number]

/** What a plan gives in a month. Null means "by agreement" (set on the org) or, for limits, unlimited. */
export type Plan = {
  name: string
  licenseTier: 'FREE' | 'PRO' | 'TEAM' | 'ENT'
  priceCents: number | null
  monthlyTokens: Microtokens | null
  monthlyDetections: number | null
  /** Millionths of a dollar for each detection over the allowance; null stops at the allowance. */
  detectionOverageMicrodollars: number | null
  dailyCommands: number | null
  devices: number | null
  seats: number | null
}

export const plans: Record<PlanId, Plan> = {
  developer: {
    name: 'Developer',
    licenseTier: 'FREE',
    priceCents: 0,
    monthlyTokens: tokens(10_000),
    monthlyDetections: 1_000,
    detectionOverageMicrodollars: null,
    dailyCommands: 100,
    devices: 1,
    seats: 1,
  },
  standard: {
    name: 'Standard',
    licenseTier: 'PRO',
    priceCents: 4_900,
    monthlyTokens: tokens(500_000),
    monthlyDetections: 50_000,
    detectionOverageMicrodollars: 1_500,
    dailyCommands: null,
    devices: 3,
    seats: 5,
  },
  growth: {
    name: 'Growth',
    licenseTier: 'TEAM',
    priceCents: 24_900,
    monthlyTokens: tokens(3_000_000),
    monthlyDetections: 500_000,
    detectionOverageMicrodollars: 800,
    dailyCommands: null,
    devices: 10,
    seats: 25,
  },
  enterprise: {
    name: 'Enterprise',
    licenseTier: 'ENT',
    priceCents: null,
    monthlyTokens: null,
    monthlyDetections: null,
    detectionOverageMicrodollars: null,
    dailyCommands: null,
    devices: null,
    seats: null,
  },
}
