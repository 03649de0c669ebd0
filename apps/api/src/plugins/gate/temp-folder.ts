import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'

/** Begins the names of this process's folders, so that a person can tell which process left one after a crash. */
export const folderPrefix = `tallyforge-gate-${process.pid}-`

/** Gives `work` a fresh folder that only this user can enter (0700), and removes it whatever happens. */
export async function withTempFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), folderPrefix)))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Writes files below a folder. @throws Error when a path would lie outside, which the path step has excluded before. */
export async function writeBelow(folder: string, files: Iterable<readonly [string, string]>): Promise<void> {
  for (const [path, content] of files) {
    const target = join(folder, path)
    if (!target.startsWith(folder + sep)) throw new Error('A path leaves its folder')
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    // wx: never through a link, never over a file that is there.
    await writeFile(target, content, { flag: 'wx', mode: 0o600 })
  }
}
