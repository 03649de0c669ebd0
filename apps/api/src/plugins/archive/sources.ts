import { bundlePath, iconPath, type PluginManifest } from '@tallyforge/core/plugins/identity'
import { entryPath } from '@tallyforge/core/plugins/manifest'
import { toolVersion } from '../gate/toolchain.ts'
import { compilerOptions } from '../gate/types.ts'
import { defaultLicense, documentNames, findDocument } from './documents.ts'
import { drawIcon } from './icon.ts'
import { zipFiles } from './zip.ts'

const tools = ['@types/node', '@types/vscode', 'esbuild', 'typescript'] as const

const build = [
  'tsc',
  `esbuild ${entryPath} --bundle --outfile=${bundlePath} --external:vscode --format=cjs --platform=node --target=node20`,
].join(' && ')

const ignored = ['src/**', 'node_modules/**', 'tsconfig.json', '.vscodeignore', '**/*.ts', '']

/**
 * The sources as people take them home: one folder that builds by itself with `npm install && npm run build`, with the versions and
 * settings that the gate used. The same bytes for the same version.
 */
export function buildSourcesZip(input: {
  manifest: PluginManifest
  files: ReadonlyMap<string, string>
}): Uint8Array {
  const { manifest, files } = input
  const hasCode = manifest.main !== undefined
  const packageJson = {
    ...manifest,
    private: true,
    // Static plugins have nothing to build; the command that people are told still ends well.
    scripts: { build: hasCode ? build : 'echo This plugin needs no build.' },
    ...(hasCode
      ? { devDependencies: Object.fromEntries(tools.map((name) => [name, toolVersion(name)])) }
      : {}),
  }
  const content = new Map<string, string | Uint8Array>([
    [findDocument(files, documentNames.license) ?? 'LICENSE.txt', defaultLicense],
    ...files,
    ['package.json', json(packageJson)],
    [iconPath, drawIcon(manifest.name)],
    ['.vscodeignore', ignored.join('\n')],
    ...(hasCode ? [['tsconfig.json', json(projectConfig)] as const] : []),
  ])
  return zipFiles(new Map([...content].map(([path, bytes]) => [`${manifest.name}/${path}`, bytes])))
}

const projectConfig = {
  compilerOptions: { ...compilerOptions, types: ['node', 'vscode'] },
  exclude: ['node_modules', 'dist'],
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
