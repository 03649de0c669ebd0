import { describe, expect, test } from 'vitest'
import { emailInput } from './auth.ts'
import { idInput } from './common.ts'
import { generateInput, quoteInput } from './plugins.ts'

describe('an e-mail address', () => {
  test.each([
    [' Ada@Example.COM ', 'ada@example.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
  ])('%j is kept as %j', (written, kept) => {
    expect(emailInput.parse(written)).toBe(kept)
  })

  test.each([
    'ada＠example.com',
    'ada@evil.com＠example.com',
    'ada@@example.com',
    'ada@example.com\u0000',
    'ada@exam\ud800ple.com',
    '@example.com',
  ])('%j is refused', (written) => {
    expect(emailInput.safeParse(written).success).toBe(false)
  })

  test('is measured again when it is in its one form: a character may become several', () => {
    // One character each, "1000" in letters: NFKC writes it out.
    const short = `${'\u3392'.repeat(120)}@example.com`
    expect(short.length).toBeLessThan(254)
    expect(short.normalize('NFKC').length).toBeGreaterThan(254)
    expect(emailInput.safeParse(short).success).toBe(false)
  })
})

describe('a model’s id', () => {
  const quote = (model: string) =>
    quoteInput.safeParse({ prompt: 'x', model }).success &&
    generateInput.safeParse({ operationId: '0198c0de-0000-7000-8000-000000000000', prompt: 'x', model })
      .success

  test.each([
    'openrouter/anthropic/claude-sonnet-4.5:beta',
    'ollama/hf.co/a/b-c_d:7b@q4',
    'sandbox/template-writer',
  ])('%s is taken', (model) => expect(quote(model)).toBe(true))

  test.each(['', 'a b', 'a\nb', 'a\u0000', 'ä', '\ud800', 'x'.repeat(201)])('%j is refused', (model) =>
    expect(quote(model)).toBe(false),
  )
})

test('an id has one form, of one kind', () => {
  const read = (text: string) => idInput('plugin').safeParse(text).success
  expect(read(`plg_${'0'.repeat(26)}`)).toBe(true)
  for (const text of [
    `PLG_${'0'.repeat(26)}`,
    `gen_${'0'.repeat(26)}`,
    `plg_${'0'.repeat(25)}`,
    `plg_${'O'.repeat(26)}`,
    `plg_${'z'.repeat(26)}`,
    ` plg_${'0'.repeat(26)}`,
  ])
    expect([text, read(text)]).toEqual([text, false])
})
