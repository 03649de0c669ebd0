import { crc32, inflateSync } from 'node:zlib'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { runGate } from '../gate/gate.ts'
import { sampleManifestWith, samplePlugin } from '../gate/sample-plugin.ts'
import { drawIcon } from './icon.ts'
import { buildSourcesZip } from './sources.ts'
import { buildVsix } from './vsix.ts'

async function gated(changes: Record<string, string | null> = {}) {
  const files = samplePlugin(changes)
  const verdict = await runGate({ files, identity: { name: 'sort-lines-12345678', versionNumber: 3 } })
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.messages))
  return { ...verdict, files }
}

const contents = (zip: Uint8Array) =>
  new Map(Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, strFromU8(bytes)]))

describe('buildVsix', () => {
  it('holds what VS Code installs, sorted, and no sources', async () => {
    const zip = contents(buildVsix(await gated()))
    expect([...zip.keys()]).toEqual([
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/README.md',
      'extension/dist/extension.js',
      'extension/icon.png',
      'extension/media/panel.css',
      'extension/package.json',
    ])
    expect(JSON.parse(zip.get('extension/package.json') ?? '')).toMatchObject({
      name: 'sort-lines-12345678',
      publisher: 'tallyforge',
      version: '0.0.3',
      main: './dist/extension.js',
    })
    expect(zip.get('extension/dist/extension.js')).toContain('registerTextEditorCommand("sortLines.sort"')
    expect(zip.get('extension/README.md')).toContain('`ctrl+alt+s` runs `sortLines.sort`')
    expect(zip.get('[Content_Types].xml')).toContain('Extension=".css" ContentType="text/css"')
  })

  it('is the same bytes each time', async () => {
    const first = buildVsix(await gated())
    const files = new Map([...samplePlugin()].reverse())
    expect(Buffer.compare(buildVsix({ ...(await gated()), files }), first)).toBe(0)
  })

  it('keeps the plugin’s own README, licence and changelog', async () => {
    const own = { 'readme.md': '# Mine\n', 'LICENSE.md': 'Mine\n', 'CHANGELOG.md': '# 1\n' }
    const zip = contents(buildVsix(await gated(own)))
    expect(zip.get('extension/readme.md')).toBe('# Mine\n')
    expect(zip.has('extension/README.md')).toBe(false)
    expect(zip.has('extension/LICENSE.txt')).toBe(false)
    expect(zip.get('extension.vsixmanifest')).toContain('Path="extension/readme.md"')
    expect(zip.get('extension.vsixmanifest')).toContain('Path="extension/CHANGELOG.md"')
  })

  it('escapes texts in XML and Markdown', async () => {
    const plugin = await gated()
    const evil = '</DisplayName><Asset Type="x"/>&\u0007"\' ![](https://evil.example/p)'
    const zip = contents(
      buildVsix({
        ...plugin,
        manifest: { ...plugin.manifest, displayName: evil, description: evil, keywords: [evil] },
        summary: { ...plugin.summary, displayName: evil, description: evil },
      }),
    )
    const manifest = zip.get('extension.vsixmanifest') ?? ''
    expect(manifest).toContain('&lt;/DisplayName&gt;&lt;Asset Type=&quot;x&quot;/&gt;&amp;&quot;&apos;')
    expect(manifest).not.toContain('\u0007')
    expect(manifest.match(/<Asset /g)).toHaveLength(4)
    expect(zip.get('extension/README.md')).toContain('\\!\\[\\]\\(https')
    expect(zip.get('extension/README.md')).not.toMatch(/(?<!\\)<Asset/)
  })

  it('packs a theme without code', async () => {
    const contributes = { themes: [{ label: 'Night', uiTheme: 'vs-dark', path: './themes/night.json' }] }
    const plugin = await gated({
      'package.json': sampleManifestWith({ contributes }),
      'src/extension.ts': null,
      'src/sort.ts': null,
      'themes/night.json': '{"colors":{}}',
    })
    const zip = contents(buildVsix(plugin))
    expect(zip.get('extension/themes/night.json')).toBe('{"colors":{}}')
    expect(zip.has('extension/dist/extension.js')).toBe(false)
    const sources = contents(buildSourcesZip(plugin))
    expect(JSON.parse(sources.get('sort-lines-12345678/package.json') ?? '')).not.toHaveProperty(
      'devDependencies',
    )
  })
})

describe('buildSourcesZip', () => {
  it('holds one folder that builds by itself', async () => {
    const zip = contents(buildSourcesZip(await gated()))
    expect([...zip.keys()]).toEqual(
      ['.vscodeignore', 'LICENSE.txt', 'icon.png', 'media/panel.css', 'package.json', 'src/extension.ts']
        .concat('src/sort.ts', 'tsconfig.json')
        .map((path) => `sort-lines-12345678/${path}`),
    )
    const manifest = JSON.parse(zip.get('sort-lines-12345678/package.json') ?? '')
    expect(manifest.scripts.build).toContain('esbuild src/extension.ts --bundle --outfile=dist/extension.js')
    expect(Object.keys(manifest.devDependencies)).toEqual([
      '@types/node',
      '@types/vscode',
      'esbuild',
      'typescript',
    ])
    for (const version of Object.values(manifest.devDependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(zip.get('sort-lines-12345678/src/sort.ts')).toBe(samplePlugin().get('src/sort.ts'))
  })

  it('is the same bytes each time', async () => {
    const [first, second] = [await gated(), await gated()].map(buildSourcesZip)
    expect(Buffer.compare(first ?? Buffer.of(), second ?? Buffer.of(1))).toBe(0)
  })
})

it('draws a valid PNG that follows from the name', () => {
  const png = Buffer.from(drawIcon('a'))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  const length = png.readUInt32BE(33)
  expect(png.readUInt32BE(41 + length)).toBe(crc32(png.subarray(37, 41 + length)))
  expect(inflateSync(png.subarray(41, 41 + length))).toHaveLength(128 * (1 + 128 * 3))
  expect(Buffer.compare(png, drawIcon('a'))).toBe(0)
  expect(Buffer.compare(png, drawIcon('b'))).not.toBe(0)
})
