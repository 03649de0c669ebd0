import { realpath } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { FileSystemError, FileType, Uri, workspace } from 'vscode'
import type { Found } from './apply-plan.ts'

/** What a folder of the workspace has at a path, looked at without following a link out of it. */
export async function findInFolder(root: Uri, path: string): Promise<Found> {
  const segments = path.split('/')
  for (let depth = 1; depth <= segments.length; depth++) {
    const uri = Uri.joinPath(root, ...segments.slice(0, depth))
    const isLast = depth === segments.length
    const type = await typeOf(uri)
    if (type === null) return null
    if ((type & FileType.SymbolicLink) !== 0 && !(await staysInside(root, uri))) {
      return { blocked: 'A link there leads out of the folder.' }
    }
    const isFolder = (type & FileType.Directory) !== 0
    if (isLast && isFolder) return { blocked: 'A folder with this name is there.' }
    if (!isLast && !isFolder) return { blocked: `${segments.slice(0, depth).join('/')} is a file there.` }
  }
  return Buffer.from(await workspace.fs.readFile(Uri.joinPath(root, path))).toString('utf8')
}

async function typeOf(uri: Uri): Promise<number | null> {
  try {
    return (await workspace.fs.stat(uri)).type
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return isDangling(uri)
    throw error
  }
}

/** A link to nothing is not found by `stat`, but writing to it would make its target. */
async function isDangling(uri: Uri): Promise<number | null> {
  const folder = Uri.joinPath(uri, '..')
  const entries = await workspace.fs.readDirectory(folder).then(
    (all) => new Map(all),
    () => new Map<string, FileType>(),
  )
  return entries.get(uri.path.split('/').at(-1) ?? '') ?? null
}

/** Only the disk can tell where a link leads: on any other file system none is followed. */
async function staysInside(root: Uri, uri: Uri): Promise<boolean> {
  if (root.scheme !== 'file') return false
  try {
    const way = relative(await realpath(root.fsPath), await realpath(uri.fsPath))
    const names = way.split(sep)
    return way !== '' && !names.includes('..') && !names.includes('.git') && join(way) === way
  } catch {
    // It leads nowhere, or in a circle.
    return false
  }
}

/** Writes one file, with the folders that it needs. */
export async function writeInFolder(root: Uri, path: string, text: string): Promise<void> {
  const folder = dirname(path)
  if (folder !== '.') await workspace.fs.createDirectory(Uri.joinPath(root, folder))
  await workspace.fs.writeFile(Uri.joinPath(root, path), Buffer.from(text))
}
