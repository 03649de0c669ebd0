import { expect, test } from 'vitest'
import { sameOriginPath } from './next-path.ts'

const origin = 'http://127.0.0.1:5173'

test('a path of this site keeps its query and its hash', () => {
  expect(sameOriginPath('/ada/plugins?q=sort#top', origin)).toBe('/ada/plugins?q=sort#top')
})

test.each([
  '//evil.example/x',
  '/\\evil.example',
  '/\t/evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  'plugins',
  '',
  undefined,
])('%j leads nowhere', (next) => {
  expect(sameOriginPath(next, origin)).toBeNull()
})
