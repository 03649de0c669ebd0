import type { Generation, Plugin } from './outputs.ts'

/** The newest version of a plugin. It and its thread are loaded apart: whichever knows the later version is right. */
export function latestVersionId(
  plugin: Pick<Plugin, 'latestVersion'> | undefined,
  newest: Pick<Generation, 'versionId' | 'versionNumber'> | undefined,
): string | null {
  const latest = plugin?.latestVersion ?? null
  const isNewer = newest?.versionId != null && (newest.versionNumber ?? 0) > (latest?.number ?? 0)
  return isNewer ? newest.versionId : (latest?.id ?? null)
}
