import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, relative, sep } from 'node:path'
import { FileSystemError, FileType, Uri, workspace } from 'vscode'
import type { Found } from './apply-plan.ts'

/** What a folder of the workspace has at a path, looked at without following a link out of it, or to what is hidden. */
export async function findInFolder(root: Uri, path: string): Promise<Found> {
  try {
    return await look(root, path)
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error
    // A link in a circle, or no right to read: what cannot be seen is not written over.
    return { blocked: 'What is there cannot be read: look at its links and rights.' }
  }
}

async function look(root: Uri, path: string): Promise<Found> {
  const segments = path.split('/')
  for (let depth = 1; depth <= segments.length; depth++) {
    const uri = Uri.joinPath(root, ...segments.slice(0, depth))
    const isLast = depth === segments.length
    const type = await typeOf(uri)
    if (type === null) return null
    if ((type & FileType.SymbolicLink) !== 0 && !(await staysInside(root, uri))) {
      return { blocked: 'A link there leads out of the folder, or into a hidden one.' }
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
    // `..` leads out; `.git`, `.vscode` and their like hold what programs run.
    return way !== '' && !isAbsolute(way) && !way.split(sep).some((name) => name.startsWith('.'))
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
