import { stat } from 'node:fs/promises'
import { isAbsolute, join, sep } from 'node:path'

type Environment = Record<string, string | undefined>

/**
 * Where Windows finds a program that is named without a folder: in PATH, as the endings of PATHEXT say. Windows itself, and what asks
 * it, looks into the current folder first, where anybody's download or checkout may hold a `code.cmd`. A name with a folder in it is
 * the path that it says. Null when there is none.
 */
export async function findOnPath(name: string, env: Environment): Promise<string | null> {
  if (/[\\/]/.test(name)) return name
  const folders = (env.PATH ?? '')
    .split(';')
    .map((folder) => folder.replace(/^"(.*)"$/, '$1'))
    .filter(isFixed)
  const endings = (env.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').split(';').filter(Boolean)
  const names = [...(name.includes('.') ? [name] : []), ...endings.map((ending) => name + ending)]
  for (const path of folders.flatMap((folder) => names.map((each) => join(folder, each)))) {
    if (await isFile(path)) return path
  }
  return null
}

/** The others lead to wherever one happens to be; on Windows a path without its drive does, too. */
const isFixed = (folder: string): boolean =>
  isAbsolute(folder) && (sep === '/' || /^(?:[a-z]:[\\/]|\\\\)/i.test(folder))

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
