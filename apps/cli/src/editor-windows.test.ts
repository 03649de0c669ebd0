import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

const own = process.platform
beforeAll(() => {
  // cross-spawn asks once which system it is on: so this is a file of its own, and loads the editor after.
  Object.defineProperty(process, 'platform', { value: 'win32' })
})
afterAll(() => {
  Object.defineProperty(process, 'platform', { value: own })
  vi.unstubAllEnvs()
})

test('Windows gets the program of PATH, and its command processor every word quoted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tallyforge-editor-'))
  const code = join(folder, 'code.cmd')
  await writeFile(code, '')
  // What stands in for cmd.exe keeps the words that it gets.
  const processor = join(folder, 'processor')
  await writeFile(processor, `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/words'\n`, { mode: 0o755 })
  vi.stubEnv('comspec', processor)
  const { install } = await import('./editor.ts')
  const env = { PATH: folder, PATHEXT: '.exe;.cmd' }
  const interrupted = new AbortController().signal
  // By its whole path: the command processor would look for a name in the current folder first.
  await install('code', '/tmp/Ada Lovelace/x;y&calc.vsix', { env, interrupted })
  expect((await readFile(join(folder, 'words'), 'utf8')).trimEnd().split('\n')).toEqual([
    '/d',
    '/s',
    '/c',
    `"${code} ^"--install-extension^" ^"/tmp/Ada^ Lovelace/x^;y^&calc.vsix^" ^"--force^""`,
  ])
  await expect(install('codium', '/tmp/x.vsix', { env, interrupted })).rejects.toThrow('did not start')
})
