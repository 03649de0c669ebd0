import { DomainError } from '@tallyforge/core/errors'
import { countText } from '@tallyforge/core/format'
import { commands, Uri, type WorkspaceFolder, window, workspace } from 'vscode'
import { type ApplyPlan, planApply } from './apply-plan.ts'
import { findInFolder, writeInFolder } from './folder-files.ts'
import { requireTrust } from './install.ts'
import type { Log } from './log.ts'
import { showInformation } from './messages.ts'
import type { Plugins } from './plugins.ts'
import { noFile, versionUri } from './version-documents.ts'
import { versionScheme } from './version-uri.ts'

type Port = { plugins: Plugins; log: Log }

/**
 * Writes a version's files into a folder of the workspace, after it has shown what would change and a person has agreed. Never outside
 * the folder, never into `.git`, never over something that is no file. @throws DomainError, then nothing was written.
 */
export async function applyVersion({ plugins, log }: Port, versionId: string): Promise<void> {
  requireTrust('write into its folders')
  const folder = await chooseFolder()
  if (folder === null) return
  const version = await plugins.version(versionId)
  const { title } = await plugins.byId(version.pluginId)
  const name = `${title} v${version.number}`
  const plan = await readPlan(folder, version.files)
  if (plan.files.length === 0) {
    void showInformation(`“${folder.name}” already has the files of ${name}.`)
    return
  }
  const source = (path: string) => versionUri({ orgId: plugins.orgId(), versionId, label: name, path })
  await commands.executeCommand(
    'vscode.changes',
    `${name} → ${folder.name}`,
    plan.files.map(({ path, change }) => {
      const target = Uri.joinPath(folder.uri, path)
      return [target, change === 'added' ? noFile : target, source(path)]
    }),
  )
  if (!(await confirm(plan, name, folder))) return
  await write(folder, version.files, plan)
  log.info(`Applied version ${version.number} to a folder: ${countText(plan.files.length, 'file')}.`)
  void showInformation(`Wrote ${countText(plan.files.length, 'file')} into “${folder.name}”.`)
}

/** @throws DomainError when there is none that can be written to. */
async function chooseFolder(): Promise<WorkspaceFolder | null> {
  const folders = listFolders()
  const writable = folders.filter(({ isWritable }) => isWritable).map(({ folder }) => folder)
  const [first] = writable
  if (folders.length === 0) throw new DomainError('conflict', 'Open the folder first that the files go to.')
  if (first === undefined) {
    throw new DomainError('conflict', 'The folder that is open cannot be written to. Open another one.')
  }
  if (writable.length === 1) return first
  const items = writable.map((folder) => ({ label: folder.name, description: folder.uri.fsPath, folder }))
  const chosen = await window.showQuickPick(items, { title: 'Write into which folder?' })
  return chosen?.folder ?? null
}

/** The folders of the workspace, and whether their file systems let anybody write. */
export function listFolders(): { folder: WorkspaceFolder; isWritable: boolean }[] {
  return (workspace.workspaceFolders ?? []).map((folder) => ({
    folder,
    isWritable:
      folder.uri.scheme !== versionScheme && workspace.fs.isWritableFileSystem(folder.uri.scheme) !== false,
  }))
}

async function readPlan(
  folder: WorkspaceFolder,
  files: readonly { path: string; text: string }[],
): Promise<ApplyPlan> {
  const plan = await planApply(files, (path) => findInFolder(folder.uri, path))
  const [refused] = plan.refused
  if (refused !== undefined) {
    throw new DomainError(
      'conflict',
      `“${refused.path}” cannot be written into “${folder.name}”: ${refused.reason} Nothing was written.`,
    )
  }
  return plan
}

async function confirm(plan: ApplyPlan, name: string, folder: WorkspaceFolder): Promise<boolean> {
  const added = plan.files.filter(({ change }) => change === 'added').length
  const changed = plan.files.length - added
  const parts = [...(added > 0 ? [`${added} new`] : []), ...(changed > 0 ? [`${changed} changed`] : [])]
  const write = 'Write files'
  // Not modal: the difference is there to be read first.
  const chosen = await showInformation(
    `Write ${name} into “${folder.name}”? ${parts.join(', ')}. Nothing is deleted.`,
    write,
    'Cancel',
  )
  return chosen === write
}

/** What people agreed to is what is written: a folder that changed meanwhile is shown again first. */
async function write(
  folder: WorkspaceFolder,
  files: readonly { path: string; text: string }[],
  agreed: ApplyPlan,
): Promise<void> {
  const now = await readPlan(folder, files)
  if (JSON.stringify(now) !== JSON.stringify(agreed)) {
    throw new DomainError('conflict', 'The folder has changed meanwhile. Look at the difference again.')
  }
  const written: string[] = []
  for (const { path, text } of agreed.files) {
    try {
      await writeInFolder(folder.uri, path, text)
      written.push(path)
    } catch (error) {
      const before = written.length === 0 ? 'Nothing was written.' : `Written before: ${written.join(', ')}.`
      throw new DomainError(
        'forbidden',
        `“${path}” could not be written. Check the rights of the folder. ${before}`,
        { cause: error },
      )
    }
  }
}
