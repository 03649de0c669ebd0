import { expect, test } from 'vitest'
import { printable, printableLines } from './printable.ts'

test('nothing of a text moves the cursor, colours it, or turns its direction', () => {
  const text = '\u001b]0;x\u0007a\u009b2Jb\u202ec\u2066d\u007fe\u0000'
  expect(printable(text)).toBe('�]0;x�a�2Jb�c�d�e�')
  expect(printableLines(text)).toBe(printable(text))
})

test('lines stay lines with their spaces; a line that would be written over stays', () => {
  expect(printableLines('a\n  b\r\nc\td\u2028e\n')).toBe('a\n  b\nc d e\n')
  expect(printableLines('asked\rforged')).toBe('asked�forged')
  expect(printable('a\r\n  b')).toBe('a b')
})

test('people’s own letters and emoji stay', () => {
  const text = 'می‌خواهم 👩‍👩‍👧 日本語 naïve'
  expect([printable(text), printableLines(text)]).toEqual([text, text])
})
