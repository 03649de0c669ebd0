import { deviceStartInput } from '@tallyforge/core/inputs/auth'
import { expect, test } from 'vitest'
import { labelOf } from './login.ts'

test.each([
  ['ada-laptop', 'tf on ada-laptop'],
  ['x'.repeat(255), `tf on ${'x'.repeat(54)}`],
  ['🦉'.repeat(80), `tf on ${'🦉'.repeat(54)}`],
  [`${'x'.repeat(53)} laptop`, `tf on ${'x'.repeat(53)}`],
  ['a\u202eb\n', 'tf on ab'],
  ['', 'tf on'],
])('a device on %j has a name that the server takes', (host, label) => {
  expect(labelOf(host)).toBe(label)
  expect(deviceStartInput.parse({ label })).toEqual({ label })
})
