import { strToU8, type Zippable, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readArchive } from './install-plan.ts'

const fileName = 'word-count-1a2b3c4d-0.0.12.vsix'
const manifest = { publisher: 'tallyforge', name: 'word-count-1a2b3c4d', version: '0.0.12' }
const json = (value: unknown) => strToU8(JSON.stringify(value))
const pack = (content: unknown, others: Zippable = {}) =>
  zipSync({ 'extension/package.json': json(content), 'extension/README.md': strToU8('# Words'), ...others })

test('the archive tells what VS Code will know the plugin by', () => {
  expect(readArchive(fileName, pack({ ...manifest, displayName: 'Word count' }))).toEqual({
    extensionId: 'tallyforge.word-count-1a2b3c4d',
    number: 12,
  })
})

test('a package.json further in is a file of the plugin like any other', () => {
  const sample = { 'extension/sample/package.json': json({ name: 'sample' }) }
  expect(readArchive(fileName, pack(manifest, sample)).number).toBe(12)
})

test.each(['', 'word-count.vsix', '../evil-0.0.1.vsix', 'word-count-1.2.3.vsix', 'Word-0.0.1.vsix'])(
  '%j is no name that the platform gives',
  (name) => {
    expect(() => readArchive(name, pack(manifest))).toThrow('not known')
  },
)

test.each([
  ['another publisher', pack({ ...manifest, publisher: 'ms-python' })],
  ['another name', pack({ ...manifest, name: 'tallyforge' })],
  ['another version', pack({ ...manifest, version: '0.0.13' })],
  ['a version that no update replaces', pack({ ...manifest, version: '99.0.12' })],
  ['no identity', pack({})],
  ['a manifest that is no object', pack('text')],
  ['no manifest', zipSync({ 'extension/README.md': strToU8('# Words') })],
  ['no archive', strToU8('no archive')],
  ['nothing', new Uint8Array()],
  ['a manifest of its own below the other case', pack(manifest, { 'extension/PACKAGE.json': json({}) })],
  ['a manifest that is unpacked over the first', pack(manifest, { 'extensionpackage.json': json({}) })],
  ['a manifest by a longer way', pack(manifest, { 'extension/x/../package.json': json({}) })],
  ['a manifest by a Windows way', pack(manifest, { 'extension\\package.json': json({}) })],
  ['a manifest that is too large', pack({ ...manifest, description: 'x'.repeat(1024 * 1024) })],
])('a file with %s is not installed', (_, bytes) => {
  expect(() => readArchive(fileName, bytes)).toThrow('not this plugin')
})

test('a second manifest of the same name is found', () => {
  // The same length, so that the archive's places stay true.
  const bytes = Buffer.from(pack(manifest, { 'extension/package.jsoX': json({}) }))
  const text = bytes.toString('latin1').replaceAll('package.jsoX', 'package.json')
  expect(() => readArchive(fileName, Buffer.from(text, 'latin1'))).toThrow('not this plugin')
})
