import { isBuiltInCommand } from './command-ids.ts'
import type { Capabilities, PluginSummary } from './gate.ts'
import type { Contributes, ManifestFields } from './manifest-schema.ts'

/** What people read before they install: names, keys, settings and what the code can reach. Pure text, never markup. */
export function summarize(manifest: ManifestFields, capabilities: Capabilities): PluginSummary {
  const { contributes } = manifest
  const hidden = new Set(
    contributes.menus?.commandPalette
      ?.filter(({ when }) => when?.trim() === 'false')
      .map(({ command }) => command),
  )
  return {
    displayName: manifest.displayName,
    description: manifest.description,
    commands: (contributes.commands ?? []).map(({ command, title, category }) => ({
      command,
      title: category ? `${category}: ${title}` : title,
      ...(hidden.has(command) ? { isHidden: true } : {}),
    })),
    keybindings: (contributes.keybindings ?? []).map(({ command, key }) => ({ command, key })),
    settings: (contributes.configuration ?? []).flatMap(({ properties }) =>
      Object.entries(properties).map(([key, setting]) => ({
        key,
        description: setting.description ?? setting.markdownDescription ?? '',
        default: JSON.stringify(setting.default) ?? '',
      })),
    ),
    contributes: otherContributions(contributes),
    capabilities,
  }
}

/** One short line for each contribution that is neither an own command, its key nor a setting. */
function otherContributions(contributes: Contributes): string[] {
  return [
    ...(contributes.themes ?? []).map(({ label }) => `Color theme: ${label}`),
    ...(contributes.iconThemes ?? []).map(({ label }) => `File icon theme: ${label}`),
    ...(contributes.productIconThemes ?? []).map(({ label }) => `Product icon theme: ${label}`),
    ...(contributes.snippets ?? []).map(({ language }) => `Snippets: ${language ?? 'all languages'}`),
    ...(contributes.languages ?? []).map(({ id }) => `Language: ${id}`),
    ...(contributes.grammars ?? []).map(({ scopeName }) => `Grammar: ${scopeName}`),
    ...Object.values(contributes.views ?? {}).flatMap((views) => views.map(({ name }) => `View: ${name}`)),
    ...(contributes.customEditors ?? []).map(({ displayName }) => `Editor: ${displayName}`),
    ...(contributes.walkthroughs ?? []).map(({ title }) => `Walkthrough: ${title}`),
    ...(contributes.taskDefinitions ?? []).map(({ type }) => `Tasks: ${type}`),
    ...Object.keys(contributes.configurationDefaults ?? {}).map((key) => `Setting default: ${key}`),
    ...borrowedCommands(contributes),
  ]
}

/** Menus and keys that lead to commands of VS Code itself: the list of the plugin's own commands does not name them. */
function borrowedCommands({ keybindings, menus }: Contributes): string[] {
  const inMenus = Object.values(menus ?? {})
    .flat()
    .flatMap(({ command = '', alt = '' }) => [command, alt])
  const lines = [
    ...(keybindings ?? []).map(({ command, key }) => ({ command, by: `Key ${key}` })),
    ...inMenus.map((command) => ({ command, by: 'Menu entry' })),
  ]
    .filter(({ command }) => isBuiltInCommand(command))
    .map(({ command, by }) => `${by} for VS Code’s own command: ${command}`)
  return [...new Set(lines)]
}
