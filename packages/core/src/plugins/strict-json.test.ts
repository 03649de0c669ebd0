import { expect, it } from 'vitest'
import { parseStrictJson } from './strict-json.ts'

it('parses JSON', () => {
  const text = '{"a":[{"b":"x:{}\\""},null,1e3],"b":{"a":true}}'
  expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
})

it.each([
  ['a comment', '{"a":1 // x\n}', 'not JSON'],
  ['a trailing comma', '{"a":1,}', 'not JSON'],
  ['a key twice', '{"a":1,"b":{"a":1},"a":2}', '"a" stands twice'],
  ['a key twice, once escaped', '{"a":1,"\\u0061":2}', 'stands twice'],
  ['__proto__', '{"a":{"__proto__":{"x":1}}}', '__proto__'],
  ['__proto__, escaped', '{"__\\u0070roto__":1}', '__proto__'],
  ['41 levels', '['.repeat(41) + ']'.repeat(41), 'levels deep'],
  ['100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000), 'levels deep'],
])('refuses %s', (_name, text, reason) => {
  const result = parseStrictJson(text)
  expect(result.ok ? '' : result.reason).toContain(reason)
})
