import { chmod, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openSessionFile, type SessionFile } from './session-file.ts'

let file: SessionFile
beforeEach(async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'tallyforge-session-')), 'new')
  file = openSessionFile({ TALLYFORGE_CONFIG: folder })
})

test('keeps a token for each server, and the last one is where commands go', async () => {
  expect(await file.read()).toBeNull()
  await file.setToken('http://one', 'a')
  await file.setToken('http://two', 'b')
  expect(await file.read()).toEqual({
    server: 'http://two',
    tokens: { 'http://one': 'a', 'http://two': 'b' },
  })
  await file.removeToken('http://two')
  expect((await file.read())?.tokens).toEqual({ 'http://one': 'a' })
})

test('is for its owner only, also when it was not, and leaves nothing beside it', async () => {
  await file.setToken('http://one', 'a')
  await chmod(file.path, 0o666)
  await file.setToken('http://one', 'b')
  expect((await stat(file.path)).mode & 0o777).toBe(0o600)
  expect((await stat(dirname(file.path))).mode & 0o777).toBe(0o700)
  expect(await readdir(dirname(file.path))).toEqual(['session.json'])
})

test('that is damaged says what to do, and is not overwritten', async () => {
  await file.setToken('http://one', 'a')
  await writeFile(file.path, '{"server":')
  await expect(file.read()).rejects.toThrow('is damaged. Delete it, then run: tf login')
  await expect(file.setToken('http://one', 'b')).rejects.toThrow('is damaged')
  expect(await readFile(file.path, 'utf8')).toBe('{"server":')
})

test('in a folder that cannot be made says how to choose another', async () => {
  const inFile = openSessionFile({ TALLYFORGE_CONFIG: '/dev/null/x' })
  await expect(inFile.setToken('http://one', 'a')).rejects.toThrow('TALLYFORGE_CONFIG')
})
