import { expect, test } from 'vitest'
import { readArchiveName } from './install-plan.ts'

test('the archive’s name tells what VS Code will know the plugin by', () => {
  expect(readArchiveName('word-count-1a2b3c4d-0.0.12.vsix')).toEqual({
    extensionId: 'tallyforge.word-count-1a2b3c4d',
    number: 12,
  })
})

test.each(['', 'word-count.vsix', '../evil-0.0.1.vsix', 'word-count-1.2.3.vsix', 'Word-0.0.1.vsix'])(
  '%j is no name that the platform gives',
  (name) => {
    expect(readArchiveName(name)).toBeNull()
  },
)
