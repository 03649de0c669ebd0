import { expect, test } from 'vitest'
import { clockText, countText, durationText, timeAgo, tokenRange, tokensText, wholeTokens } from './format.ts'

test('an amount is shown exactly, with its unit', () => {
  expect(tokensText(1_284_500_000n)).toBe('1,284.5 tokens')
  expect(tokensText(1_000_000n)).toBe('1 token')
  expect(tokensText(0n)).toBe('0 tokens')
})

test('an estimate is rounded up to whole tokens', () => {
  expect(wholeTokens(899_200_001n)).toBe('900')
  expect(tokenRange(899_200_001n, 1_600_000_000n)).toBe('900–1,600')
  expect(tokenRange(5_000_000n, 4_100_000n)).toBe('5')
})

test('a time is told relative to now, and as a date after a week', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const ago = (seconds: number) => timeAgo(new Date(now.getTime() - seconds * 1_000), now)
  expect(ago(10)).toBe('just now')
  expect(ago(50)).toBe('1 minute ago')
  expect(ago(260)).toBe('4 minutes ago')
  expect(ago(7_300)).toBe('2 hours ago')
  expect(ago(86_400)).toBe('yesterday')
  expect(ago(20 * 86_400)).toBe('Nov 1, 2026')
})

test('durations grow from milliseconds to minutes', () => {
  expect(durationText(850)).toBe('850 ms')
  expect(durationText(2_430)).toBe('2.4 s')
  expect(durationText(72_000)).toBe('1 min 12 s')
  expect(clockText(67_900)).toBe('1:07')
  expect(clockText(-5)).toBe('0:00')
})

test('a unit follows its count', () => {
  expect(countText(1, 'file')).toBe('1 file')
  expect(countText(1_200, 'file')).toBe('1,200 files')
})
