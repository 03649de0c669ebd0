import { posix } from 'node:path'
import type { PluginManifest } from '@tallyforge/core/plugins/identity'
import { escapeXml } from './xml.ts'

const mediaTypes: Record<string, string> = {
  '.json': 'application/json',
  '.js': 'application/javascript',
  '.md': 'text/markdown',
  '.txt': 'text/plain',
  '.css': 'text/css',
  '.html': 'text/html',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.vsixmanifest': 'text/xml',
}

/** `[Content_Types].xml`: a type for every extension in the archive, and for every file without one. */
export function contentTypes(paths: Iterable<string>): string {
  const all = [...paths]
  const extensions = [...new Set(all.map((path) => posix.extname(path).toLowerCase()))].filter(Boolean).sort()
  const bare = all.filter((path) => posix.extname(path) === '').sort()
  const rules = [
    ...extensions.map(
      (extension) =>
        `<Default Extension="${escapeXml(extension)}" ContentType="${mediaTypes[extension] ?? 'application/octet-stream'}"/>`,
    ),
    ...bare.map((path) => `<Override PartName="/${escapeXml(path)}" ContentType="text/plain"/>`),
  ]
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${rules.join('')}</Types>
`
}

/** Where the archive's well-known parts lie, below `extension/`. */
export type VsixAssets = { readme: string; license: string; changelog: string | null }

/** `extension.vsixmanifest`, which VS Code reads before it unpacks anything. */
export function vsixManifest(manifest: PluginManifest, assets: VsixAssets): string {
  const { name, version, publisher, displayName, description, keywords, categories, engines, icon } = manifest
  const extension = (path: string) => escapeXml(`extension/${path}`)
  const asset = (type: string, path: string) =>
    `<Asset Type="Microsoft.VisualStudio.${type}" Path="${extension(path)}" Addressable="true"/>`
  const property = (id: string, value: string) =>
    `<Property Id="Microsoft.VisualStudio.Code.${id}" Value="${escapeXml(value)}"/>`
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escapeXml(name)}" Version="${escapeXml(version)}" Publisher="${escapeXml(publisher)}"/>
    <DisplayName>${escapeXml(displayName)}</DisplayName>
    <Description xml:space="preserve">${escapeXml(description)}</Description>
    <Tags>${escapeXml(keywords.join(','))}</Tags>
    <Categories>${escapeXml(categories.join(','))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
      ${property('Engine', engines.vscode)}
      ${property('ExtensionDependencies', '')}
      ${property('ExtensionPack', '')}
      ${property('ExtensionKind', 'workspace')}
      ${property('LocalizedLanguages', '')}
    </Properties>
    <License>${extension(assets.license)}</License>
    <Icon>${extension(icon)}</Icon>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    ${asset('Code.Manifest', 'package.json')}
    ${asset('Services.Content.Details', assets.readme)}
    ${assets.changelog === null ? '' : asset('Services.Content.Changelog', assets.changelog)}
    ${asset('Services.Content.License', assets.license)}
    ${asset('Services.Icons.Default', icon)}
  </Assets>
</PackageManifest>
`
}
