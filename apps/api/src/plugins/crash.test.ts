import { expect, inject, test } from 'vitest'
import { crashRounds, moments } from '../testing/crash-rounds.ts'

test('V3: killed at every named moment, nothing is charged twice, lost or left half', {
  timeout: 180_000,
}, async () => {
  const done = await crashRounds(inject('databaseServer'), { moments: [...moments], random: Math.random })
  expect(done).toBe(100)
})
