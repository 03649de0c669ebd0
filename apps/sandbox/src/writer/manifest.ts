import type { Contributes, Json, Part } from './recipe.ts'

export type JsonObject = { [key: string]: Json }

/** What the platform writes itself, and refuses from a model. */
const platformKeys = [
  'name',
  'publisher',
  'version',
  'engines',
  'main',
  'browser',
  'type',
  'private',
  'license',
  'scripts',
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
  'bundledDependencies',
]

/** Reads a package.json without what the platform owns; undefined when it isn't a JSON object. */
export function readManifest(text: string | undefined): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(text ?? '')
    if (!isObject(value)) return undefined
    return Object.fromEntries(Object.entries(value).filter(([key]) => !platformKeys.includes(key)))
  } catch {
    return undefined
  }
}

export function writeManifest(manifest: JsonObject): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** The manifest with everything a part contributes added to what is there. */
export function withPart(manifest: JsonObject, part: Part): JsonObject {
  const { contributes } = part
  const events = union(listOf(manifest.activationEvents), [...(part.activationEvents ?? [])])
  const merged: JsonObject = { ...objectOf(manifest.contributes) }
  addLists(merged, contributes)
  addGroups(merged, 'menus', contributes.menus)
  addGroups(merged, 'views', contributes.views)
  const withEvents = events.length > 0 ? { ...manifest, activationEvents: events } : manifest
  const result: JsonObject = { ...withEvents, contributes: merged }
  return contributes.settings ? withSettings(result, contributes.settings) : result
}

export function withSettings(manifest: JsonObject, settings: JsonObject): JsonObject {
  const contributes = objectOf(manifest.contributes)
  const current = contributes.configuration
  const title = typeof manifest.displayName === 'string' ? manifest.displayName : 'Settings'
  if (Array.isArray(current)) {
    const configuration = [...current, { title, properties: settings }]
    return { ...manifest, contributes: { ...contributes, configuration } }
  }
  const before = objectOf(current)
  const configuration = { title, ...before, properties: { ...objectOf(before.properties), ...settings } }
  return { ...manifest, contributes: { ...contributes, configuration } }
}

/** All settings by their full name, wherever the manifest declares them. */
export function settingsOf(manifest: JsonObject): Record<string, JsonObject> {
  const { configuration } = objectOf(manifest.contributes)
  const blocks = Array.isArray(configuration) ? configuration : [configuration ?? null]
  const entries = blocks.flatMap((block) => Object.entries(objectOf(objectOf(block).properties)))
  return Object.fromEntries(entries.map(([name, schema]) => [name, objectOf(schema)]))
}

/** Writes a new default into the setting's own place. */
export function withDefault(manifest: JsonObject, name: string, value: Json): JsonObject {
  const contributes = objectOf(manifest.contributes)
  const change = (block: Json): Json => {
    const properties = objectOf(objectOf(block).properties)
    if (properties[name] === undefined) return block
    const schema = { ...objectOf(properties[name]), default: value }
    return { ...objectOf(block), properties: { ...properties, [name]: schema } }
  }
  const { configuration = null } = contributes
  const changed = Array.isArray(configuration) ? configuration.map(change) : change(configuration)
  return { ...manifest, contributes: { ...contributes, configuration: changed } }
}

export function commandsOf(manifest: JsonObject): { command: string; title: string }[] {
  return listOf(objectOf(manifest.contributes).commands).flatMap((entry) => {
    const { command, title } = objectOf(entry)
    return typeof command === 'string' && typeof title === 'string' ? [{ command, title }] : []
  })
}

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : []
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function addLists(merged: JsonObject, contributes: Contributes): void {
  for (const key of ['commands', 'keybindings', 'themes', 'snippets'] as const) {
    const added = contributes[key]
    if (added) merged[key] = union(listOf(merged[key]), added)
  }
}

function addGroups(merged: JsonObject, key: string, groups: Record<string, JsonObject[]> | undefined): void {
  if (!groups) return
  const before = objectOf(merged[key])
  const pairs = Object.entries(groups).map(([name, items]) => [name, union(listOf(before[name]), items)])
  merged[key] = { ...before, ...Object.fromEntries(pairs) }
}

function union(before: Json[], added: Json[]): Json[] {
  const known = new Set(before.map((item) => JSON.stringify(item)))
  return [...before, ...added.filter((item) => !known.has(JSON.stringify(item)))]
}
