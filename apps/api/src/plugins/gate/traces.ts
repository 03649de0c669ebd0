import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { folderPrefix } from './temp-folder.ts'

/** The gate's temporary folders that are there right now. Tests assert that none is left. */
export async function gateFolders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith(folderPrefix))
}

/** Command lines of this process's checkers that still run; empty where there is no /proc. */
export async function runningCheckers(): Promise<string[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')))
  return lines.filter((line) => line.includes(folderPrefix))
}
