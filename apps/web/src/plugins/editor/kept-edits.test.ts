import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetEdits, keepEdits, readEdits } from './kept-edits.ts'

/** A device with room for so many characters. */
function storageOf(room: number) {
  const stored = new Map<string, string>()
  return {
    stored,
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError')
      stored.set(key, value)
    },
    removeItem: (key: string) => stored.delete(key),
  }
}

let storage: ReturnType<typeof storageOf>
beforeEach(() => {
  storage = storageOf(1_000)
  vi.stubGlobal('localStorage', storage)
})
afterEach(() => vi.unstubAllGlobals())

test('edits of each version come back, until they are forgotten or undone', () => {
  expect(keepEdits('ver_1', { 'README.md': 'Mine.', 'src/a.ts': '' })).toBe(true)
  expect(keepEdits('ver_2', { 'README.md': 'Other.' })).toBe(true)
  expect(readEdits('ver_1')).toEqual({ 'README.md': 'Mine.', 'src/a.ts': '' })
  forgetEdits('ver_2')
  expect(readEdits('ver_2')).toEqual({})
  expect(keepEdits('ver_1', {})).toBe(true)
  expect(storage.stored.size).toBe(0)
})

test('what does not fit is told, and an older state does not come back in its place', () => {
  keepEdits('ver_1', { 'README.md': 'Short.' })
  expect(keepEdits('ver_1', { 'README.md': 'Long. '.repeat(500) })).toBe(false)
  expect(readEdits('ver_1')).toEqual({})
})

test.each(['', 'null', '[]', '"text"', '{', '{"a":1}'])('%s is nothing of ours', (text) => {
  storage.stored.set('edits:ver_1', text)
  expect(readEdits('ver_1')).toEqual({})
})
