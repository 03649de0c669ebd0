import { describe, expect, test } from 'vitest'
import { emailInput, nameInput } from './auth.ts'
import { idInput } from './common.ts'
import { generateInput, quoteInput, titleInput } from './plugins.ts'
import { dayInput, monthInput } from './tokens.ts'

describe('an email address', () => {
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

describe('a name or a title', () => {
  test.each([
    'Word count',
    'ספירת מילים',
    'عدّاد الكلمات',
    'شمارنده می\u200cخواهم',
    'शब्द क्\u200dष',
    '葛\u{e0100}城 カウンター',
    'Family 👨\u200d👩\u200d👧\u200d👦 list',
    'Hearts ❤️ 🏳️\u200d🌈 👍🏽 1️⃣ 🇫🇷',
    '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} football',
    'e\u0301cole',
  ])('%j is taken as it is', (text) => {
    expect(titleInput.parse(text)).toBe(text)
    expect(nameInput.parse(text)).toBe(text)
  })

  test.each([
    ['a right-to-left override', 'Sort \u202etsil', 'U+202E'],
    ['an isolate', 'Sort \u2066x\u2069', 'U+2066'],
    ['a direction mark', 'Sort\u200f list', 'U+200F'],
    ['an Arabic letter mark', 'Sort\u061c list', 'U+061C'],
    ['a line separator', 'Sort\u2028list', 'U+2028'],
    ['a paragraph separator', 'Sort\u2029list', 'U+2029'],
    ['a line end', 'Sort\nlist', 'U+000A'],
    ['a next-line control', 'Sort\u0085list', 'U+0085'],
    ['a space without width', 'Sort\u200blist', 'U+200B'],
    ['a joiner between Latin letters', 'So\u200drt', 'U+200D'],
    ['a joiner alone', '\u200d', 'U+200D'],
    ['two joiners after an emoji', '👨\u200d\u200d', 'U+200D'],
    ['an emoji form after a letter', 'Sort\ufe0f', 'U+FE0F'],
    ['a soft hyphen', 'So\u00adrt', 'U+00AD'],
    ['an empty Hangul letter', '\u3164', 'U+3164'],
    ['an empty Braille pattern', '\u2800', 'U+2800'],
    ['letters of a flag without a flag', 'Sort\u{e0068}\u{e0069}', 'U+E0068'],
    ['a byte order mark', 'So\ufeffrt', 'U+FEFF'],
  ])('with %s is refused, and it is named', (_, text, name) => {
    for (const input of [titleInput, nameInput]) {
      expect(input.safeParse(text).error?.issues[0]?.message).toContain(`invisible character (${name})`)
    }
  })
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

describe('a month and a day', () => {
  test('are taken as UTC calendars know them', () => {
    expect(['2026-01', '2026-12', '2999-10'].map((month) => monthInput.safeParse(month).success)).toEqual([
      true,
      true,
      true,
    ])
    expect(dayInput.safeParse('2028-02-29').success).toBe(true)
  })

  test.each(['2026-00', '2026-13', '2026-1', '0000-01', '1999-12', '10000-01', '2026-01-01', '', ' 2026-01'])(
    'the month %j is refused',
    (month) => expect(monthInput.safeParse(month).success).toBe(false),
  )

  test.each(['2026-02-29', '2026-04-31', '0000-01-01', '1999-12-31', '2026-1-1', '2026-01', '', 'today'])(
    'the day %j is refused',
    (day) => expect(dayInput.safeParse(day).success).toBe(false),
  )
})
