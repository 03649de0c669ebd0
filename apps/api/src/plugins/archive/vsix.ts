import type { PluginSummary } from '@tallyforge/core/plugins/gate'
import { bundlePath, iconPath, type PluginManifest } from '@tallyforge/core/plugins/identity'
import { defaultLicense, documentNames, findDocument, writeReadme } from './documents.ts'
import { drawIcon } from './icon.ts'
import { contentTypes, vsixManifest } from './vsix-documents.ts'
import { zipFiles } from './zip.ts'

export type VsixInput = {
  manifest: PluginManifest
  /** The gate's bundle, or null for a plugin without code. */
  bundle: string | null
  files: ReadonlyMap<string, string>
  summary: PluginSummary
}

/**
 * The archive that VS Code installs, from a version that passed the gate; the same bytes for the same version. It holds the bundle
 * and the plugin's other files, not its sources. It is written here because the usual tool runs scripts of the project it packs.
 */
export function buildVsix({ manifest, bundle, files, summary }: VsixInput): Uint8Array {
  const assets = [...files].filter(([path]) => isAsset(path))
  const readme = findDocument(files, documentNames.readme) ?? 'README.md'
  const license = findDocument(files, documentNames.license) ?? 'LICENSE.txt'
  const content = new Map<string, string | Uint8Array>([
    [readme, writeReadme(summary)],
    [license, defaultLicense],
    ...assets,
    ['package.json', `${JSON.stringify(manifest, null, 2)}\n`],
    [iconPath, drawIcon(manifest.name)],
    ...(bundle === null ? [] : [[bundlePath, bundle] as const]),
  ])
  const parts = new Map([...content].map(([path, bytes]) => [`extension/${path}`, bytes]))
  const changelog = findDocument(files, documentNames.changelog)
  parts.set('extension.vsixmanifest', vsixManifest(manifest, { readme, license, changelog }))
  parts.set('[Content_Types].xml', contentTypes(parts.keys()))
  return zipFiles(parts)
}

/** Sources are in the bundle already; package.json and the tools' settings are the platform's own. */
function isAsset(path: string): boolean {
  return !/\.[cm]?tsx?$/.test(path) && path !== 'package.json' && path !== 'tsconfig.json'
}
