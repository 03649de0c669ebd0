import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { jsonKey, queryDefaults } from './queries.ts'

const failure = (kind: string) =>
  TRPCClientError.from({ error: { message: 'No.', code: -32_600, data: { kind } } })

test('an answer that may differ is asked for twice more, a refusal never again', () => {
  expect([0, 1, 2].map((count) => queryDefaults.retry(count, failure('unavailable')))).toEqual([
    true,
    true,
    false,
  ])
  for (const kind of ['forbidden', 'not_found', 'invalid_input', 'conflict', 'insufficient_tokens']) {
    expect(queryDefaults.retry(0, failure(kind))).toBe(false)
  }
})

test('keys with other amounts are other keys, and an amount is not its text', () => {
  const key = (cap: unknown) => jsonKey([['plugins', 'quote'], { input: { cap } }])
  expect(key(5n)).toEqual(key(5n))
  expect(key(5n)).not.toEqual(key(6n))
  expect(key(5n)).not.toEqual(key('5'))
  expect(key('5')).toEqual([['plugins', 'quote'], { input: { cap: '5' } }])
})
