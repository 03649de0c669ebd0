import { expect, test } from 'vitest'
import { withoutInvisible } from './invisible.ts'

test.each([
  ['Sort \u202etsil\u202c', 'Sort tsil'],
  ['one\u2028two\r\nthree', 'one two three'],
  ['\u200b\u3164', ''],
  ['می\u200cخواهم 👨\u200d👩', 'می\u200cخواهم 👨\u200d👩'],
])('%j becomes %j', (text, line) => {
  expect(withoutInvisible(text)).toBe(line)
})
