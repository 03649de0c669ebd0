import type { VersionDetail } from '@tallyforge/client/outputs'
import { DomainError } from '@tallyforge/core/errors'
import { commands } from 'vscode'
import type { Plugins } from './plugins.ts'
import { noFile, versionUri } from './version-documents.ts'

export type DiffInput = { pluginId: string; base: string; head: string; path?: string | undefined }

/** Shows the native diff of two versions: of one file, else of all that differ. @throws DomainError when nothing differs. */
export async function diffVersions(plugins: Plugins, input: DiffInput): Promise<void> {
  const [base, head, plugin] = await Promise.all([
    plugins.version(input.base),
    plugins.version(input.head),
    plugins.byId(input.pluginId),
  ])
  const orgId = plugins.orgId()
  const side = (version: VersionDetail, path: string) =>
    version.files.some((file) => file.path === path)
      ? versionUri({ orgId, versionId: version.id, label: `${plugin.title} v${version.number}`, path })
      : null
  const paths = input.path === undefined ? changedPaths(base, head) : [input.path]
  const [path] = paths
  if (path === undefined) {
    throw new DomainError('not_found', `Versions ${base.number} and ${head.number} have the same files.`)
  }
  const between = `v${base.number} ↔ v${head.number}`
  if (input.path !== undefined) {
    const sides = [side(base, path) ?? noFile, side(head, path) ?? noFile] as const
    await commands.executeCommand('vscode.diff', ...sides, `${path} (${between})`, { preview: true })
    return
  }
  const label = (each: string) => versionUri({ orgId, versionId: head.id, label: plugin.title, path: each })
  await commands.executeCommand(
    'vscode.changes',
    `${plugin.title} (${between})`,
    paths.map((each) => [label(each), side(base, each) ?? undefined, side(head, each) ?? undefined]),
  )
}

/** Files that are in one version only, or that differ; sorted. */
function changedPaths(base: VersionDetail, head: VersionDetail): string[] {
  const before = new Map(base.files.map(({ path, text }) => [path, text]))
  const after = new Map(head.files.map(({ path, text }) => [path, text]))
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .sort()
}
