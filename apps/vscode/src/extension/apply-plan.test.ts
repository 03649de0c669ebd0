import { expect, test } from 'vitest'
import { type Found, planApply } from './apply-plan.ts'

const folder = (content: Record<string, Found>) => async (path: string) => content[path] ?? null

test('what is new and what differs is written, what is the same stays', async () => {
  const files = [
    { path: 'package.json', text: '{}' },
    { path: 'src/extension.ts', text: 'new' },
    { path: 'README.md', text: 'same' },
  ]
  const plan = await planApply(files, folder({ 'src/extension.ts': 'old', 'README.md': 'same' }))
  expect(plan).toEqual({
    files: [
      { path: 'package.json', text: '{}', change: 'added', foundHash: null },
      { path: 'src/extension.ts', text: 'new', change: 'changed', foundHash: expect.any(String) },
    ],
    unchanged: 1,
    refused: [],
  })
})

test.each([
  '../outside.ts',
  'src/../../outside.ts',
  '/etc/passwd',
  'C:/Windows/win.ini',
  'src\\..\\..\\outside.ts',
  '.git/hooks/pre-commit',
  'src/.git/config',
  '.GIT/config',
  '.vscode/tasks.json',
  '.git /config',
  'git~1/config.sh',
  'a//b.ts',
  '',
])('%j is refused before the folder is even looked at', async (path) => {
  const looked: string[] = []
  const plan = await planApply([{ path, text: 'x' }], async (asked) => {
    looked.push(asked)
    return null
  })
  expect(plan.files).toEqual([])
  expect(plan.refused).toEqual([{ path, reason: expect.any(String) }])
  expect(looked).toEqual([])
})

test('what must not be written over is refused with its reason', async () => {
  const find = folder({ 'src/a.ts': { blocked: 'A link leads out of the folder.' } })
  const plan = await planApply([{ path: 'src/a.ts', text: 'x' }], find)
  expect(plan.refused).toEqual([{ path: 'src/a.ts', reason: 'A link leads out of the folder.' }])
})

test('a plan tells what it writes over: a file that changed meanwhile makes it another plan', async () => {
  const files = [{ path: 'src/extension.ts', text: 'new' }]
  const shown = await planApply(files, folder({ 'src/extension.ts': 'old' }))
  expect(await planApply(files, folder({ 'src/extension.ts': 'old' }))).toEqual(shown)
  const now = await planApply(files, folder({ 'src/extension.ts': 'old, and an hour of work' }))
  expect(JSON.stringify(now)).not.toBe(JSON.stringify(shown))
})
