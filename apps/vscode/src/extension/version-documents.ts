import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  FilePermission,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  workspace,
} from 'vscode'
import { readFailure } from './failure.ts'
import { lookUp, type TreeNode } from './file-tree.ts'
import { plain } from './plain.ts'
import type { Plugins } from './plugins.ts'
import type { Session } from './session.ts'
import { readVersionPlace, type VersionPlace, versionScheme, writeVersionPlace } from './version-uri.ts'

/** The address of a version's file, or of its root. */
export function versionUri(place: VersionPlace): Uri {
  return Uri.from(writeVersionPlace(place))
}

/** Stands in for a file that a version does not have, where a diff needs two sides. */
export const noFile = Uri.from({ scheme: versionScheme, authority: 'none', path: '/' })

/** Lets the editor read versions as files of a folder that nobody can change. */
export function provideVersions(plugins: Plugins, session: Session): Disposable {
  return workspace.registerFileSystemProvider(versionScheme, new VersionFiles(plugins, session), {
    isReadonly: true,
    isCaseSensitive: true,
  })
}

/** A class because VS Code’s interface is one: it calls methods of an object. */
class VersionFiles implements FileSystemProvider {
  readonly #plugins: Plugins
  readonly #session: Session
  // Versions never change, so this never fires.
  readonly #changes = new EventEmitter<FileChangeEvent[]>()
  readonly onDidChangeFile = this.#changes.event

  constructor(plugins: Plugins, session: Session) {
    this.#plugins = plugins
    this.#session = session
  }

  watch(): Disposable {
    return new Disposable(() => undefined)
  }

  async stat(uri: Uri) {
    const { node, createdAt } = await this.#find(uri)
    return {
      type: node.kind === 'file' ? FileType.File : FileType.Directory,
      ctime: createdAt,
      mtime: createdAt,
      size: node.kind === 'file' ? Buffer.byteLength(node.text) : 0,
      permissions: FilePermission.Readonly,
    }
  }

  async readDirectory(uri: Uri): Promise<[string, FileType][]> {
    const { node } = await this.#find(uri)
    if (node.kind === 'file') throw FileSystemError.FileNotADirectory(uri)
    return node.entries.map(([name, kind]) => [name, kind === 'file' ? FileType.File : FileType.Directory])
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    if (uri.authority === noFile.authority) return new Uint8Array()
    const { node } = await this.#find(uri)
    if (node.kind === 'folder') throw FileSystemError.FileIsADirectory(uri)
    return Buffer.from(node.text)
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri)
  }
  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri)
  }
  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri)
  }
  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri)
  }

  async #find(uri: Uri): Promise<{ node: TreeNode; createdAt: number }> {
    if (uri.authority === noFile.authority) return { node: { kind: 'file', text: '' }, createdAt: 0 }
    const place = readVersionPlace(uri)
    if (place === null) throw FileSystemError.FileNotFound(uri)
    // A window that was restored reads its files before it knows who is signed in.
    await this.#session.restored
    try {
      const { files, createdAt } = await this.#plugins.version(place.versionId, place.orgId)
      const node = lookUp(files, place.path)
      if (node !== null) return { node, createdAt: createdAt.getTime() }
    } catch (error) {
      throw FileSystemError.Unavailable(plain(readFailure(error).message))
    }
    throw FileSystemError.FileNotFound(uri)
  }
}
