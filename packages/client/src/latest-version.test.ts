import { expect, test } from 'vitest'
import { latestVersionId } from './latest-version.ts'

const plugin = { latestVersion: { id: 'ver_2', number: 2, state: 'ready' as const } }

test.each([
  ['the plugin knows more', plugin, { versionId: 'ver_1', versionNumber: 1 }, 'ver_2'],
  ['the thread knows more', plugin, { versionId: 'ver_3', versionNumber: 3 }, 'ver_3'],
  ['the newest prompt made none', plugin, { versionId: null, versionNumber: null }, 'ver_2'],
  ['only the thread is loaded', undefined, { versionId: 'ver_1', versionNumber: 1 }, 'ver_1'],
  ['there is none', { latestVersion: null }, undefined, null],
])('%s', (_, known, newest, id) => {
  expect(latestVersionId(known, newest)).toBe(id)
})
