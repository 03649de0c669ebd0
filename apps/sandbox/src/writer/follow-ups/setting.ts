import { normalise } from '../keywords.ts'
import {
  commandsOf,
  type JsonObject,
  readManifest,
  settingsOf,
  withDefault,
  withSettings,
  writeManifest,
} from '../manifest.ts'
import type { Files, Json } from '../recipe.ts'
import type { Draft } from './draft.ts'
import { withoutKeys } from './keybinding.ts'

const identifier = '["“`\'「]?(?<name>\\p{L}[\\p{L}\\p{N}_.]*)'
const nounBefore =
  '(?:setting|option|preference|einstellung|reglage|parametre|ajuste|configuracion|opcion|configuracao|opcao|impostazione|opzione|настройк[ауи]|параметр|opzioni)'
const called =
  '(?:(?:called|named|namens|mit dem namen|appelee?|nommee?|llamad[oa]|chamad[oa]|chiamat[oa]|с именем|for|fur|pour|para|per) )?'

const additions: readonly RegExp[] = [
  new RegExp(`(?<![\\p{L}])${nounBefore} ${called}${identifier}`, 'iu'),
  new RegExp(`(?:设置项?|选项|設定項目?|設定|オプション)\\s*${identifier}`, 'iu'),
  new RegExp(`${identifier}["“”\`'」]?\\s*(?:という|の)?\\s*(?:设置|设定|設定|オプション)`, 'iu'),
  new RegExp(`add (?:an? )?${identifier}["”\`']? (?:setting|option)`, 'iu'),
]
const configurable =
  /(?<![\p{L}])(?:make|mach|mache|rends|rendre|haz|torne|rendi|сделай)\s+(?:(?:the|den|die|das|le|la|les|el|o|a|il|lo) )?(?<words>[\p{L}\p{N} _.]{1,60}?) (?:configurable|einstellbar|konfigurierbar|parametrable|configuravel|configurabile|настраиваем\p{L}*)/iu
const defaultValue =
  /(?:defaults? ?(?:to|of|is|value|wert)?|standard(?:wert)?|voreinstellung|par defaut|por defecto|predeterminad[oa]|padrao|predefinit[oa]|默认值?(?:为|是)?|既定値(?:は|を)?|テフォルト値?(?:は|を)?|по умолчанию)\s*[:=]?\s*(?<value>"[^"]*"|“[^”]*”|`[^`]*`|-?\d+(?:\.\d+)?|[\p{L}\p{N}_./-]+)/iu

const maxCharacters = 2000

/** Changes the default of a setting that is there, or adds a new one. */
export function changeSettings(request: string, draft: Draft): Draft | undefined {
  const manifest = readManifest(draft.files['package.json'])
  if (!manifest) return undefined
  // Accents are folded in the patterns and in the request alike; a value of its own keeps them.
  const text = normalise(withoutKeys(request.slice(0, maxCharacters)))
  const name = askedName(text)
  const known = mentioned(manifest, text) ?? (name === undefined ? undefined : existing(manifest, name))
  if (name !== undefined && known === undefined) {
    return added(draft, manifest, { name, value: askedDefault(text) ?? '' })
  }
  const target = known ?? similar(manifest, text)
  const wanted = target === undefined ? undefined : fitting(settingsOf(manifest)[target]?.type, text)
  if (target === undefined || wanted === undefined) return undefined
  return {
    files: { ...draft.files, 'package.json': writeManifest(withDefault(manifest, target, wanted)) },
    done: [...draft.done, `The setting \`${target}\` is now ${JSON.stringify(wanted)} by default.`],
  }
}

function askedName(text: string): string | undefined {
  const words = configurable.exec(text)?.groups?.words
  if (words !== undefined) return camel(words)
  const found = additions
    .map((pattern) => pattern.exec(text)?.groups?.name)
    .find((name) => name !== undefined)
  const name = found?.replace(/\.+$/, '').split('.').at(-1)
  return name !== undefined && name.length > 1 && !stopWords.has(name.toLowerCase()) ? name : undefined
}

const stopWords = new Set(
  'to for of the and with that which so called named default page is on in off view fur und mit die der pour et de la le para con y que do da per'.split(
    ' ',
  ),
)

function camel(words: string): string | undefined {
  const parts = words.match(/[A-Za-z0-9]+/g)
  if (!parts) return undefined
  const [first = '', ...rest] = parts
  const tail = rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1))
  return first.charAt(0).toLowerCase() + first.slice(1) + tail.join('')
}

const askedDefault = (text: string): Json | undefined => valueBy(defaultValue, text)

function valueBy(pattern: RegExp, text: string): Json | undefined {
  const value = pattern.exec(text)?.groups?.value
  if (value === undefined) return undefined
  if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value)
  if (/^(?:true|on|yes|an|wahr|vrai|si|sim)$/i.test(value)) return true
  if (/^(?:false|off|no|aus|falsch|faux|nao)$/i.test(value)) return false
  return value.replace(/^["“`]|["”`]$/g, '')
}

function existing(manifest: JsonObject, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return Object.keys(settingsOf(manifest)).find((full) => full.split('.').at(-1)?.toLowerCase() === wanted)
}

/** The setting that the request calls by its whole name, or by the end of it when that is no word of a language. */
function mentioned(manifest: JsonObject, text: string): string | undefined {
  const words = new Set(
    text.match(/[\p{L}\p{N}_.]+/gu)?.map((word) => word.replace(/\.+$/, '').toLowerCase()),
  )
  return Object.keys(settingsOf(manifest)).find((full) => {
    const end = full.split('.').at(-1) ?? ''
    return words.has(full.toLowerCase()) || (/[a-z][A-Z]/.test(end) && words.has(end.toLowerCase()))
  })
}

/** The value in the request that a setting of this type can have: another one would not be what was asked for. */
function fitting(type: Json | undefined, text: string): Json | undefined {
  if (type === 'number' || type === 'integer') return numberIn(text)
  const value =
    askedDefault(text) ?? valueBy(/\s(?:to|auf|=)\s*(?<value>"[^"]*"|“[^”]*”|`[^`]*`|\S+)\s*$/iu, text)
  return typeof value === type ? value : undefined
}

/** Words of other languages for what a number setting counts. */
const translations: readonly [RegExp, string][] = [
  [/\b(?:minuten?|minutos?|minuti|minuto)\b|минут\p{L}*|分钟|分鐘|分/giu, ' minutes '],
  [/\b(?:pausen?|pausa|descanso)\b|перерыв\p{L}*|休息|休憩/giu, ' break '],
  [/\b(?:worter|mots|palabras|palavras|parole)\b|слов\p{L}*|词|単語/giu, ' words '],
  [/\b(?:dateien|fichiers|archivos|arquivos|file)\b|файл\p{L}*|文件|ファイル/giu, ' files '],
  [/\b(?:min)\b/giu, ' minutes '],
]

/** The number setting whose name shares the most words with the request. */
function similar(manifest: JsonObject, text: string): string | undefined {
  const english = translations.reduce((current, [pattern, word]) => current.replace(pattern, word), text)
  const asked = new Set(
    english
      .toLowerCase()
      .match(/[a-z]+/g)
      ?.map(singular),
  )
  let best: { name: string; shared: number } | undefined
  for (const [name, schema] of Object.entries(settingsOf(manifest))) {
    if (schema.type !== 'number' && schema.type !== 'integer') continue
    const words =
      name
        .split('.')
        .at(-1)
        ?.match(/[A-Z]?[a-z]+/g) ?? []
    const shared = words.filter((word) => asked.has(singular(word.toLowerCase()))).length
    if (shared > (best?.shared ?? 0)) best = { name, shared }
  }
  return best?.name
}

function singular(word: string): string {
  return word.replace(/s$/, '')
}

function numberIn(text: string): number | undefined {
  const found = /(?<![\p{L}\p{N}.])-?\d+(?:\.\d+)?(?![\p{N}])/u.exec(text)?.[0]
  return found === undefined ? undefined : Number(found)
}

function added(draft: Draft, manifest: JsonObject, { name, value }: { name: string; value: Json }): Draft {
  const section = sectionOf(manifest)
  const type = typeof value
  const description = `${name} (added on request).`
  const changed = withSettings(manifest, { [`${section}.${name}`]: { type, default: value, description } })
  const source = getter({ section, name, type, value, before: draft.files['src/settings.ts'] })
  const files: Files = {
    ...draft.files,
    'package.json': writeManifest(changed),
    ...(hasCode(draft.files) ? { 'src/settings.ts': source } : {}),
  }
  const honest = hasCode(files)
    ? 'src/settings.ts has a typed function that reads it, but no other code calls that function yet: setting it changes nothing until someone uses it.'
    : 'This extension has no code, so nothing reads it.'
  return { files, done: [...draft.done, `The setting \`${section}.${name}\` is declared. ${honest}`] }
}

function hasCode(files: Files): boolean {
  return Object.keys(files).some((path) => path.endsWith('.ts'))
}

function sectionOf(manifest: JsonObject): string {
  const full = Object.keys(settingsOf(manifest))[0] ?? commandsOf(manifest)[0]?.command ?? 'extension'
  return full.split('.')[0] ?? 'extension'
}

type Getter = { section: string; name: string; type: string; value: Json; before: string | undefined }

function getter({ section, name, type, value, before }: Getter): string {
  const call = `read${name.charAt(0).toUpperCase()}${name.slice(1)}`
  const literal =
    typeof value === 'string' ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'` : String(value)
  const start = before?.trimEnd() ?? "import * as vscode from 'vscode'"
  return `${start}

/** The setting "${section}.${name}", as it is now. */
export function ${call}(): ${type} {
  return vscode.workspace.getConfiguration('${section}').get<${type}>('${name}', ${literal})
}
`
}
