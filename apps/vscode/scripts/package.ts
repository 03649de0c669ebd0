import { glob, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import manifest from '../manifest.json' with { type: 'json' }
import workspace from '../package.json' with { type: 'json' }

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** What an editor downloads at every update. */
const mostBytes = 400_000

/** A zip's own times would make every build another file. */
const mtime = new Date(1980, 0, 1)

const mediaTypes: Record<string, string> = {
  '.json': 'application/json',
  '.js': 'application/javascript',
  '.css': 'text/css',
  '.md': 'text/markdown',
  '.txt': 'text/plain',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.vsixmanifest': 'text/xml',
}

/** Packs what the build made into `dist/tallyforge.vsix`: the same bytes for the same sources. */
async function main(): Promise<void> {
  const files = new Map<string, Uint8Array | string>([
    ['extension/package.json', JSON.stringify({ ...manifest, version: workspace.version })],
    ['extension/readme.md', withoutPictures(await readFile(join(root, 'README.md'), 'utf8'))],
    ['extension/LICENSE.txt', await readFile(join(root, '../../LICENSE'))],
    ['extension.vsixmanifest', vsixManifest()],
  ])
  for await (const path of glob(['dist/extension.js', 'dist/panel/panel.{js,css}', 'media/**/*.*'], {
    cwd: root,
  })) {
    files.set(posix.join('extension', path), await readFile(join(root, path)))
  }
  files.set('[Content_Types].xml', contentTypes([...files.keys()]))
  const entries = [...files].sort(([one], [other]) => (one < other ? -1 : 1))
  const bytes = zipSync(Object.fromEntries(entries.map(([path, content]) => [path, Buffer.from(content)])), {
    level: 9,
    mtime,
  })
  await writeFile(join(root, 'dist/tallyforge.vsix'), bytes)
  process.stdout.write(`dist/tallyforge.vsix: ${(bytes.length / 1_000).toFixed(0)} kB, ${files.size} files\n`)
  if (bytes.length > mostBytes) {
    throw new Error(`The extension must stay below ${mostBytes / 1_000} kB: see what has joined its bundles.`)
  }
}

/** The pictures stay in the repository: every update would carry them. */
function withoutPictures(readme: string): string {
  return readme.replaceAll(/^!\[.*\]\(\.\..*\)\n/gm, '')
}

/** What VS Code and the marketplace read before they unpack anything. */
function vsixManifest(): string {
  const { name, publisher, displayName, description, keywords, categories, engines, icon, galleryBanner } =
    manifest
  const property = (id: string, value: string) =>
    `<Property Id="Microsoft.VisualStudio.${id}" Value="${escapeXml(value)}"/>`
  const asset = (type: string, path: string) =>
    `<Asset Type="Microsoft.VisualStudio.${type}" Path="extension/${path}" Addressable="true"/>`
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
<Metadata>
<Identity Language="en-US" Id="${name}" Version="${workspace.version}" Publisher="${publisher}"/>
<DisplayName>${escapeXml(displayName)}</DisplayName>
<Description xml:space="preserve">${escapeXml(description)}</Description>
<Tags>${escapeXml(keywords.join(','))}</Tags>
<Categories>${escapeXml(categories.join(','))}</Categories>
<GalleryFlags>Public</GalleryFlags>
<Properties>
${property('Code.Engine', engines.vscode)}
${property('Code.ExtensionDependencies', '')}
${property('Code.ExtensionPack', '')}
${property('Code.ExtensionKind', manifest.extensionKind.join(','))}
${property('Services.Branding.Color', galleryBanner.color)}
${property('Services.Branding.Theme', galleryBanner.theme)}
${property('Services.GitHubFlavoredMarkdown', 'true')}
</Properties>
<License>extension/LICENSE.txt</License>
<Icon>extension/${icon}</Icon>
</Metadata>
<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
<Dependencies/>
<Assets>
${asset('Code.Manifest', 'package.json')}
${asset('Services.Content.Details', 'readme.md')}
${asset('Services.Content.License', 'LICENSE.txt')}
${asset('Services.Icons.Default', icon)}
</Assets>
</PackageManifest>
`
}

function contentTypes(paths: string[]): string {
  const extensions = [...new Set(paths.map((path) => posix.extname(path)))].sort()
  const rules = extensions.map((extension) => {
    const type = mediaTypes[extension]
    if (type === undefined) throw new Error(`Name the media type of ${extension} files.`)
    return `<Default Extension="${extension}" ContentType="${type}"/>`
  })
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${rules.join('')}</Types>
`
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

await main()
