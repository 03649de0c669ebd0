import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Uri } from 'vscode'
import { findInFolder } from './folder-files.ts'

/** VS Code's own file system on the disk, as far as it is asked here. */
vi.mock('vscode', async () => {
  const { lstat } = await import('node:fs/promises')
  class FileSystemError extends Error {
    code: string
    constructor(code: string) {
      super(code)
      this.code = code
    }
  }
  const translated = async <Answer>(work: Promise<Answer>) => {
    try {
      return await work
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      throw new FileSystemError(isMissing ? 'FileNotFound' : 'Unknown')
    }
  }
  return {
    FileSystemError,
    FileType: { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 },
    Uri: {
      joinPath: ({ fsPath }: { fsPath: string }, ...segments: string[]) => {
        const path = join(fsPath, ...segments)
        return { scheme: 'file', fsPath: path, path }
      },
    },
    workspace: {
      fs: {
        stat: async ({ fsPath }: { fsPath: string }) => {
          const isLink = (await translated(lstat(fsPath))).isSymbolicLink()
          const found = await translated(stat(fsPath))
          return { type: (found.isDirectory() ? 2 : 1) | (isLink ? 64 : 0) }
        },
        readDirectory: async () => [],
        readFile: ({ fsPath }: { fsPath: string }) => translated(readFile(fsPath)),
      },
    },
  }
})

let folder = ''
const find = (path: string) => findInFolder({ scheme: 'file', fsPath: folder } as Uri, path)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tallyforge-folder-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a file is read, also over a link that stays in the folder', async () => {
  await mkdir(join(folder, 'lib'))
  await writeFile(join(folder, 'lib/a.ts'), 'text')
  await symlink(join(folder, 'lib'), join(folder, 'src'))
  expect(await find('lib/a.ts')).toBe('text')
  expect(await find('src/a.ts')).toBe('text')
  expect(await find('src/b.ts')).toBeNull()
  expect(await find('src')).toEqual({ blocked: expect.stringContaining('folder') })
})

test.each(['.git/hooks', '.vscode', '.husky', 'lib/.config'])(
  'a link into %s is not followed',
  async (hidden) => {
    await mkdir(join(folder, hidden), { recursive: true })
    await symlink(join(folder, hidden), join(folder, 'src'))
    expect(await find('src/tasks.json')).toEqual({ blocked: expect.stringContaining('link') })
  },
)

test('a link out of the folder is not followed', async () => {
  await symlink(tmpdir(), join(folder, 'src'))
  expect(await find('src/a.ts')).toEqual({ blocked: expect.stringContaining('leads out') })
})

test('a link in a circle blocks what would be written through it', async () => {
  await symlink(join(folder, 'other'), join(folder, 'src'))
  await symlink(join(folder, 'src'), join(folder, 'other'))
  expect(await find('src/a.ts')).toEqual({ blocked: expect.stringContaining('cannot be read') })
})
