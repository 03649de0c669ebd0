import type { ParsedManifest } from './manifest.ts'
import type { ManifestFields } from './manifest-schema.ts'

/** Who a plugin is for VS Code. `name` comes from `pluginName` with the first ready version and stays; `versionNumber` counts the plugin's versions from 1. */
export type PluginIdentity = { name: string; versionNumber: number }

/** A complete package.json for VS Code: the model's declarations below the platform's own fields. */
export type PluginManifest = ManifestFields & {
  name: string
  publisher: string
  version: string
  license: string
  icon: string
  engines: { vscode: string }
  main?: string
}

export const publisher = 'tallyforge'

/** The oldest editor that plugins run in; the checker's types are of the same version. */
export const vscodeEngine = '^1.100.0'

/** Where the platform's bundle and icon lie in the archive. */
export const bundlePath = 'dist/extension.js'
export const iconPath = 'icon.png'

/**
 * The extension's name for VS Code: a slug of the first title that has Latin letters or digits (at most 40 characters) and the last
 * 8 letters or digits of the id. Make it once and keep it, so that an update installs over the last version. Titles without any
 * give `plugin-…`.
 */
export function pluginName(pluginId: string, ...titles: string[]): string {
  const slug = titles.map(slugOf).find((each) => each !== '') ?? 'plugin'
  const tail = pluginId
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(-8)
  return `${slug}-${tail}`
}

function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 41)
    .replace(/^-+/, '')
    .slice(0, 40)
    .replace(/-+$/, '')
}

/** Overlays the platform's fields. Without activation events VS Code would never start code that has no command or view: it starts then once the editor is up. */
export function buildManifest({ fields, hasCode }: ParsedManifest, identity: PluginIdentity): PluginManifest {
  return {
    name: identity.name,
    publisher,
    version: `0.0.${identity.versionNumber}`,
    license: 'MIT',
    ...fields,
    activationEvents: hasCode ? activationEvents(fields) : [],
    icon: iconPath,
    engines: { vscode: vscodeEngine },
    ...(hasCode ? { main: `./${bundlePath}` } : {}),
  }
}

function activationEvents({ activationEvents: events, contributes }: ManifestFields): string[] {
  const { commands, views, languages, customEditors, taskDefinitions, walkthroughs } = contributes
  const isStartedByUse = [commands, views, languages, customEditors, taskDefinitions, walkthroughs].some(
    Boolean,
  )
  return events.length > 0 || isStartedByUse ? events : ['onStartupFinished']
}
