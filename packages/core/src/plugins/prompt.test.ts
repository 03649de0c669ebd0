import { expect, test } from 'vitest'
import { makerLimits } from './limits.ts'
import { judgePrompt } from './prompt.ts'

const enough = { minimum: 300_000_000n, missing: 0n }

test('words with enough tokens may start', () => {
  expect(judgePrompt({ prompt: ' Sort lines ', cap: '' }, enough)).toMatchObject({
    mayStart: true,
    length: 10,
    cap: null,
  })
})

test('nothing starts without words, however much there is', () => {
  expect(judgePrompt({ prompt: ' \n', cap: '' }, { minimum: 1n, missing: 5n })).toMatchObject({
    mayStart: false,
    isBlank: true,
    missing: 0n,
  })
})

test('a prompt may be as long as the limit, and not longer', () => {
  const longest = '🙂'.repeat(makerLimits.promptCodePoints)
  expect(judgePrompt({ prompt: longest, cap: '' }, enough).isTooLong).toBe(false)
  expect(judgePrompt({ prompt: `${longest}x`, cap: '' }, enough)).toMatchObject({
    isTooLong: true,
    mayStart: false,
  })
})

test('a cap below what the prompt needs says how much it needs', () => {
  expect(judgePrompt({ prompt: 'Sort', cap: '299' }, enough)).toMatchObject({
    capError: 'At least 300 for this prompt.',
    mayStart: false,
  })
  expect(judgePrompt({ prompt: 'Sort', cap: '300' }, enough).mayStart).toBe(true)
  expect(judgePrompt({ prompt: 'Sort', cap: 'many' }, enough)).toMatchObject({ mayStart: false, cap: null })
})

test('missing tokens keep it from starting', () => {
  expect(judgePrompt({ prompt: 'Sort', cap: '' }, { minimum: 1n, missing: 2n })).toMatchObject({
    missing: 2n,
    mayStart: false,
  })
})
