import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { install } from './editor.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tallyforge-editor-'))
})
const unstopped = { env: {}, interrupted: new AbortController().signal }

/** A program that writes each of its words on a line of its own. */
async function program(name: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/words'\n`, { mode: 0o755 })
  return path
}

const wordsOf = async () => (await readFile(join(folder, 'words'), 'utf8')).trimEnd().split('\n')

test('the editor gets the file’s path as one word, whatever is in it', async () => {
  const path = '/tmp/Ada Lovelace; echo x & y/$(id)/a.vsix'
  await install(await program('code'), path, unstopped)
  expect(await wordsOf()).toEqual(['--install-extension', path, '--force'])
})

test('an editor that does not start says how to get one; one that refuses is heard', async () => {
  await expect(install(join(folder, 'none'), '/tmp/a.vsix', unstopped)).rejects.toThrow('did not start')
  const refusing = join(folder, 'refusing')
  await writeFile(refusing, '#!/bin/sh\necho "not compatible" >&2\nexit 1\n', { mode: 0o755 })
  await expect(install(refusing, '/tmp/a.vsix', unstopped)).rejects.toThrow('not compatible')
})

test('Ctrl-C starts no editor, and ends one that runs', async () => {
  const code = await program('code')
  await expect(install(code, '/tmp/a.vsix', { env: {}, interrupted: AbortSignal.abort() })).rejects.toThrow(
    'aborted',
  )
  await expect(wordsOf()).rejects.toThrow('ENOENT')

  const interrupt = new AbortController()
  const slow = join(folder, 'slow')
  await mkdir(join(folder, 'ran'))
  await writeFile(slow, `#!/bin/sh\ntouch '${folder}/ran/it'\nexec sleep 1000\n`, { mode: 0o755 })
  const installed = install(slow, '/tmp/a.vsix', { env: {}, interrupted: interrupt.signal })
  await vi.waitFor(() => readFile(join(folder, 'ran', 'it')), { timeout: 50_000 })
  interrupt.abort()
  await expect(installed).rejects.toThrow('aborted')
})
