import { DomainError } from '@tallyforge/core/errors'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { findPlugin } from './plugins.ts'
import { findVersion, newestReady, type Version, versionNotFound } from './versions.ts'

type Aim = { pluginId?: string | null | undefined; parentVersionId?: string | null | undefined }

/**
 * The version that a prompt goes on from: the named one, else the plugin's newest ready one, else none.
 * @throws not_found for a plugin or a version that is not there or not together; invalid_input for a version alone.
 */
export async function findParent(tx: OrgTx, { pluginId, parentVersionId }: Aim): Promise<Version | null> {
  if (pluginId == null) {
    if (parentVersionId == null) return null
    throw new DomainError('invalid_input', 'Name the plugin that this version belongs to.')
  }
  const plugin = await findPlugin(tx, pluginId)
  if (parentVersionId == null) return newestReady(tx, plugin.id)
  const version = await findVersion(tx, parentVersionId)
  if (version.pluginId !== plugin.id) throw versionNotFound()
  return version
}
