import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { findOnPath } from './program-path.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tallyforge-path-'))
})

async function put(...path: string[]): Promise<string> {
  const file = join(folder, ...path)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, '')
  return file
}

test('a program is the first of PATH with an ending of PATHEXT', async () => {
  await put('one', 'code')
  await mkdir(join(folder, 'one', 'code.exe'))
  const code = await put('two words', 'code.cmd')
  await put('three', 'code.exe')
  const path = ['one', 'two words', 'three'].map((name) => join(folder, name))
  const env = { PATH: `${path[0]};"${path[1]}";${path[2]}`, PATHEXT: '.exe;.cmd' }
  expect(await findOnPath('code', env)).toBe(code)
  expect(await findOnPath('code.cmd', env)).toBe(code)
  expect(await findOnPath('codium', env)).toBeNull()
})

test('the current folder is no part of PATH, also where PATH says so', async () => {
  await put('code.cmd')
  const here = relative(process.cwd(), folder)
  const env = { PATH: `;.;${here}`, PATHEXT: '.cmd' }
  expect(await findOnPath('code', env)).toBeNull()
  expect(await findOnPath('code', { PATHEXT: '.cmd' })).toBeNull()
})

test.each(['./code', 'C:\\Program Files\\code.cmd', '/usr/bin/code'])(
  '%s is the path that it says',
  async (name) => {
    expect(await findOnPath(name, { PATH: '/usr/bin' })).toBe(name)
  },
)
