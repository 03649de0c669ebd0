import { fromPublicId } from '@tallyforge/core/ids'

/** A file or a folder of one version, as an address: `tallyforge://org_….ver_…/Word count v3/src/extension.ts`. */
export type VersionPlace = {
  orgId: string
  versionId: string
  /** What people read as the folder's name: the plugin's title and the version's number. */
  label: string
  /** Below the version's root; empty for the root itself. */
  path: string
}

export const versionScheme = 'tallyforge'

/** The parts of an address. The ids stand where a host would, which is compared without regard to case, as they are. */
export function writeVersionPlace({ orgId, versionId, label, path }: VersionPlace): {
  scheme: string
  authority: string
  path: string
} {
  const folder = label.replaceAll(/[/\\\p{Cc}]/gu, ' ').trim() || 'Plugin'
  return {
    scheme: versionScheme,
    authority: `${orgId}.${versionId}`,
    path: path === '' ? `/${folder}` : `/${folder}/${path}`,
  }
}

/** Reads an address back; null for one that names no version. */
export function readVersionPlace(uri: { authority: string; path: string }): VersionPlace | null {
  const [orgId = '', versionId = '', ...rest] = uri.authority.toLowerCase().split('.')
  if (rest.length > 0 || fromPublicId('org', orgId) === null || fromPublicId('version', versionId) === null) {
    return null
  }
  const [label = '', ...path] = uri.path.split('/').slice(1)
  return { orgId, versionId, label, path: path.filter(Boolean).join('/') }
}
