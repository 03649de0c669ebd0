import { expect, test } from 'vitest'
import { chargeText, estimateText, stopText } from './words.ts'

const quote = { low: 900_000_000n, high: 1_600_000_000n, hold: 2_100_500_000n }

test('an estimate tells what it will cost, what is held and what there is', () => {
  expect(estimateText({ quote, available: 9_840_000_000n, isShort: false })).toBe(
    'About 900–1,600 tokens · up to 2,101 held · you have 9,840',
  )
  expect(estimateText({ quote, available: 9_840_000_000n, isShort: true })).toBe(
    'About 900–1,600 tokens · up to 2,101 held',
  )
  expect(estimateText({ quote: null, available: 9_840_000_000n, isShort: true })).toBe(
    'You have 9,840 tokens',
  )
  expect(estimateText({ quote: null, available: undefined, isShort: false })).toBe('')
})

test('stopping is free until something was used', () => {
  expect(stopText(0n)).toBe('Nothing was used so far: stopping is free.')
  expect(stopText(12_300_000n)).toBe('Stopping now costs about 13 tokens.')
})

test('a receipt is told in two words', () => {
  expect(chargeText('running', null)).toBe('Tokens held')
  expect(chargeText('failed', { charged: 0n })).toBe('Not charged')
  expect(chargeText('succeeded', { charged: 1_284_500_000n })).toBe('1,284.5 tokens')
})
