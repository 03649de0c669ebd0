import { toPublicId } from '@tallyforge/core/ids'
import { expect, test } from 'vitest'
import { readVersionPlace, writeVersionPlace } from './version-uri.ts'

const orgId = toPublicId('org', '0199aaaa-0000-7000-8000-000000000001')
const versionId = toPublicId('version', '0199aaaa-0000-7000-8000-000000000002')
const place = { orgId, versionId, label: 'Word count v3', path: 'src/extension.ts' }

test('a place is read back from its address, whatever case its host part was given', () => {
  const uri = writeVersionPlace(place)
  expect(uri).toEqual({
    scheme: 'tallyforge',
    authority: `${orgId}.${versionId}`,
    path: '/Word count v3/src/extension.ts',
  })
  expect(readVersionPlace(uri)).toEqual(place)
  expect(readVersionPlace({ ...uri, authority: uri.authority.toUpperCase() })).toEqual(place)
})

test('the root is a folder with the plugin’s name, which never has a slash of its own', () => {
  const uri = writeVersionPlace({ ...place, label: 'A/B \\ C', path: '' })
  expect(uri.path).toBe('/A B   C')
  expect(readVersionPlace(uri)?.path).toBe('')
  expect(writeVersionPlace({ ...place, label: '/', path: '' }).path).toBe('/Plugin')
})

test.each(['', 'none', orgId, `${versionId}.${orgId}`, `${orgId}.${versionId}.x`, `${orgId}.ver_x`])(
  '%j names no version',
  (authority) => {
    expect(readVersionPlace({ authority, path: '/x' })).toBeNull()
  },
)
