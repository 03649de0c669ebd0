import type { z } from 'zod'
import { isBuiltInCommand } from './command-ids.ts'
import { checkContributedFiles } from './contributed-files.ts'
import type { GateMessage } from './gate.ts'
import { refuseFields } from './manifest-refusals.ts'
import { type ManifestFields, manifestSchema } from './manifest-schema.ts'
import { checkManifestTexts } from './manifest-text.ts'
import { checkMarkdown } from './markdown-links.ts'
import { fileLimits } from './paths.ts'
import { parseStrictJson } from './strict-json.ts'
import { quoted } from './text.ts'

/** The one file that VS Code starts a plugin's code from, before it is bundled. */
export const entryPath = 'src/extension.ts'

/** What the model declared, and whether there is code to build. */
export type ParsedManifest = { fields: ManifestFields; hasCode: boolean }

/** Points that give people something without any code. */
const staticPoints = [
  ...(['themes', 'iconThemes', 'productIconThemes', 'snippets', 'grammars', 'languages', 'colors'] as const),
  ...([
    'keybindings',
    'configurationDefaults',
    'problemMatchers',
    'problemPatterns',
    'jsonValidation',
  ] as const),
]

/** Points that work only when code stands behind them. */
const codePoints = [
  ...(['commands', 'views', 'viewsWelcome', 'customEditors', 'taskDefinitions', 'configuration'] as const),
]

/**
 * Reads the model's package.json and judges all that it says: fields, texts, ids and the files it names. Returns everything that is
 * wrong, in words for people and for the model's repair. Expects files that passed `checkFiles`.
 */
export function parseManifest(
  files: ReadonlyMap<string, string>,
): { ok: true; manifest: ParsedManifest } | { ok: false; messages: GateMessage[] } {
  const source = files.get('package.json')
  if (source === undefined)
    return refused('There is no package.json. Write one with displayName, description and contributes.')
  if (source.length > fileLimits.sourceBytes)
    return refused('package.json is larger than 256 KB. Shorten it.')
  const json = parseStrictJson(source)
  if (!json.ok) return refused(json.reason)
  if (!isRecord(json.value)) return refused('package.json must hold one JSON object.')

  const { rest, messages } = refuseFields(json.value)
  const fields = manifestSchema.safeParse(rest)
  if (!fields.success) messages.push(...fields.error.issues.map(issueMessage))
  if (!fields.success || messages.length > 0) return { ok: false, messages }

  const hasCode = files.has(entryPath)
  const found = [
    ...checkTexts(fields.data, files),
    ...checkContributedFiles(fields.data.contributes, files),
    ...checkDeclarations(fields.data),
    ...checkEntry(fields.data, files, hasCode),
  ]
  return found.length > 0
    ? { ok: false, messages: found }
    : { ok: true, manifest: { fields: fields.data, hasCode } }
}

function checkTexts(fields: ManifestFields, files: ReadonlyMap<string, string>): GateMessage[] {
  const own = new Set((fields.contributes.commands ?? []).map(({ command }) => command))
  const inManifest = checkManifestTexts(fields, own).map(({ where, reason }) => said(`${where}: ${reason}`))
  const inDocuments = [...files].flatMap(([path, content]) => {
    const reason = /\.(?:md|markdown)$/i.test(path) ? checkMarkdown(content, own) : null
    return reason ? [{ text: reason, path }] : []
  })
  return [...inManifest, ...inDocuments]
}

/** Commands once each, settings once each, and keys and menus that lead to a command that exists. */
function checkDeclarations({ contributes }: ManifestFields): GateMessage[] {
  const commands = (contributes.commands ?? []).map(({ command }) => command)
  const settings = (contributes.configuration ?? []).flatMap(({ properties }) => Object.keys(properties))
  const menuItems = Object.values(contributes.menus ?? {}).flat()
  const used = [
    ...(contributes.keybindings ?? []).map(({ command }) => command),
    ...menuItems.flatMap(({ command, alt }) => [command, alt]),
  ]
  const known = new Set(commands)
  const unknown = used.filter((id) => id !== undefined && !known.has(id) && !isBuiltInCommand(id))
  return [
    ...twins(commands).map((id) => said(`The command ${quoted(id)} is declared twice. Keep one.`)),
    ...twins(settings).map((key) => said(`The setting ${quoted(key)} is declared twice. Keep one.`)),
    ...[...new Set(unknown)].map((id) =>
      said(
        `A menu or key uses the command ${quoted(id ?? '')}, which contributes.commands does not declare. Declare it.`,
      ),
    ),
  ]
}

function checkEntry(
  fields: ManifestFields,
  files: ReadonlyMap<string, string>,
  hasCode: boolean,
): GateMessage[] {
  if (hasCode) return []
  const has = (point: (typeof staticPoints)[number] | (typeof codePoints)[number]) =>
    fields.contributes[point] !== undefined
  const needing = codePoints.filter(has)
  if (needing.length > 0 || [...files.keys()].some((path) => path.endsWith('.ts'))) {
    const why = needing.length > 0 ? `contributes.${needing[0]} needs code` : 'There are TypeScript files'
    return [said(`${why}, but ${entryPath} is missing. Write it, with an exported activate function.`)]
  }
  if (staticPoints.some(has)) return []
  return [
    said('The plugin does nothing yet. Contribute commands with code, or themes, snippets or a language.'),
  ]
}

/** A zod issue as one sentence with its place. */
function issueMessage(issue: z.core.$ZodIssue): GateMessage {
  const where = issue.path.join('.') || 'package.json'
  if (issue.code !== 'unrecognized_keys') return said(`${where}: ${issue.message}`)
  const keys = issue.keys.map(quoted).join(', ')
  return said(`${where}: ${keys} cannot be used here. Remove it.`)
}

const said = (text: string): GateMessage => ({ text, path: 'package.json' })
const refused = (text: string) => ({ ok: false as const, messages: [said(text)] })
const twins = (ids: readonly string[]) => [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))]

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
