import { expect, test } from 'vitest'
import { readServerUrl } from './server-url.ts'

test('an address is its origin, whatever follows it', () => {
  expect(readServerUrl(' https://tallyforge.example/acme/plugins?x=1 ').origin).toBe(
    'https://tallyforge.example',
  )
  expect(readServerUrl('http://localhost:5173/').origin).toBe('http://localhost:5173')
  expect(readServerUrl('http://127.0.0.1:3001').origin).toBe('http://127.0.0.1:3001')
  expect(readServerUrl('http://[::1]:3001').origin).toBe('http://[::1]:3001')
})

test.each([
  '',
  'tallyforge.example',
  'ftp://tallyforge.example',
  'javascript:alert(1)',
  'file:///etc/passwd',
])('%j is refused, and the message shows what to write', (text) => {
  expect(readServerUrl(text)).toEqual({
    origin: null,
    problem: expect.stringContaining('https://tallyforge.example'),
  })
})

test('no token travels readable to another machine', () => {
  expect(readServerUrl('http://tallyforge.example').problem).toContain('Use https for tallyforge.example')
  expect(readServerUrl('http://127.0.0.1.evil.example').origin).toBeNull()
  expect(readServerUrl('http://localhost@evil.example').origin).toBeNull()
})
