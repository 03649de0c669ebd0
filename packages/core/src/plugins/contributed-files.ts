import type { GateMessage } from './gate.ts'
import type { Contributes } from './manifest-schema.ts'
import { parseStrictJson } from './strict-json.ts'
import { quoted } from './text.ts'

type Reference = { where: string; path: string }

/**
 * Every file that the manifest names must be one of the plugin's own, and be JSON where its name says so. Returns what is wrong.
 * VS Code would fetch a URL and follow `..`, so neither passes.
 */
export function checkContributedFiles(
  contributes: Contributes,
  files: ReadonlyMap<string, string>,
): GateMessage[] {
  return references(contributes).flatMap(({ where, path }) => {
    const own = ownPath(path)
    const content = own === null ? undefined : files.get(own)
    if (own === null || content === undefined) {
      const text = `${where} names ${quoted(path)}, which is not a file of the plugin. Add it or correct the path.`
      return [{ text, path: 'package.json' }]
    }
    if (!/\.(?:json|code-snippets)$/.test(own)) return []
    const json = parseStrictJson(content)
    return json.ok ? [] : [{ text: json.reason, path: own }]
  })
}

function ownPath(path: string): string | null {
  const own = path.startsWith('./') ? path.slice(2) : path
  return /^[/\\]|:|\\|(?:^|\/)\.\.?(?:\/|$)/.test(own) ? null : own
}

function references(contributes: Contributes): Reference[] {
  const found: Reference[] = []
  const add = (where: string, path: unknown) => {
    if (typeof path === 'string' && path !== '') found.push({ where: `contributes.${where}`, path })
  }
  /** `$(name)` is one of VS Code's own icons. */
  const addIcon = (where: string, icon: unknown) => {
    if (typeof icon === 'string') {
      if (!/^\$\([a-z0-9~-]+\)$/.test(icon)) add(where, icon)
    } else if (typeof icon === 'object' && icon !== null) {
      for (const path of Object.values(icon)) add(where, path)
    }
  }
  for (const point of ['themes', 'iconThemes', 'productIconThemes', 'snippets', 'grammars'] as const) {
    for (const item of contributes[point] ?? []) add(`${point}.path`, item.path)
  }
  for (const language of contributes.languages ?? []) {
    add('languages.configuration', language.configuration)
    addIcon('languages.icon', language.icon)
  }
  for (const validation of contributes.jsonValidation ?? []) add('jsonValidation.url', validation.url)
  for (const command of contributes.commands ?? []) addIcon('commands.icon', command.icon)
  for (const submenu of contributes.submenus ?? []) addIcon('submenus.icon', submenu.icon)
  const { activitybar = [], panel = [] } = contributes.viewsContainers ?? {}
  for (const container of [...activitybar, ...panel]) addIcon('viewsContainers.icon', container.icon)
  for (const view of Object.values(contributes.views ?? {}).flat()) addIcon('views.icon', view.icon)
  for (const walkthrough of contributes.walkthroughs ?? []) {
    addIcon('walkthroughs.icon', walkthrough.icon)
    for (const step of walkthrough.steps) addMedia(step.media)
  }
  return found

  function addMedia(media: unknown): void {
    if (typeof media !== 'object' || media === null) return
    for (const [kind, value] of Object.entries(media)) {
      if (kind === 'image' || kind === 'svg' || kind === 'markdown')
        addIcon(`walkthroughs.media.${kind}`, value)
    }
  }
}
