import { expect, test } from 'vitest'
import { repairMessage, requestMessage } from './prompt.ts'

const note = (paths: string) =>
  `\n\n<locked-files>\n${paths}\n</locked-files>\nThese files are locked. Do not write or delete them: they stay as they are, whatever you answer.`

test('the model is told which files are locked, with the request and with every repair', () => {
  const files = new Map([['README.md', '# Words']])
  const plain = requestMessage(files, 'Sort lines', [])
  expect(plain).not.toContain('locked')
  expect(requestMessage(files, 'Sort lines', ['README.md', 'package.json'])).toBe(
    plain + note('README.md\npackage.json'),
  )
  const messages = [{ text: 'Expected a number.', path: 'src/extension.ts', line: 3 }]
  expect(repairMessage(messages, ['README.md'])).toBe(repairMessage(messages, []) + note('README.md'))
})
