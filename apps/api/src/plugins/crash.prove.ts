import { expect, inject, test } from 'vitest'
import { crashRounds, moments } from '../testing/crash-rounds.ts'

test('V3: forty kills at named and random moments', async () => {
  const plan = Array.from({ length: 40 }, (_, round) =>
    round % 2 === 0 ? 'random' : (moments[round % moments.length] ?? 'random'),
  )
  const done = await crashRounds(inject('databaseServer'), { moments: plan, random: Math.random })
  expect(done).toBe(800)
})
