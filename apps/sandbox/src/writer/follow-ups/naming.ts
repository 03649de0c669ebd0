import { normalise } from '../keywords.ts'
import { commandsOf, type JsonObject, listOf, objectOf, readManifest, writeManifest } from '../manifest.ts'
import type { Draft } from './draft.ts'

type Wish = { pattern: RegExp; edit: (manifest: JsonObject, to: string, from: string) => Renamed | undefined }
type Renamed = { manifest: JsonObject; sentence: string }

const command = '(?:command|befehls?|commande|comando|команд[ауеы])'
const extension =
  '(?:extension|plugin|add-?on|erweiterung|extensión|complemento|extensão|estensione|расширени[ея]|плагин)'
const article =
  "(?:the |this |my |den |des |die |das |dem |der |la |le |les |l'|l’|el |lo |il |o |a |do |da |del |della |de la |de l'|de l’|du )*"
const renaming =
  '(?:rename|retitle|change (?:the )?(?:name|title|label) of|benenne?|umbenennen|ändere (?:den )?(?:namen|titel)(?: von)?|renommer?|renommez|cambia (?:el |il )?(?:nombre|nome)(?: de| di)?|renombra[r]?|renomeie|renomear|mude o nome|rinomina(?:re)?|переименуй(?:те)?|переименовать)'
const call =
  '(?:call|name|label|title|nenne?|appelle[rz]?|nomme[rz]?|llama[r]?|chame|chamar|chiama(?:re)?|назови(?:те)?)'
const to = '(?:to|into|as|in|en|a|para|como|auf|zu|по|в|на)'
const quoted = '["“”„«»‘’\'`「」『』]'
const end = '(?:[.!。！]?\\s*$|[.;,\\n。，]\\s|\\s(?:and|und|et|y|e|и)\\s)'

const maxCharacters = 600

/** "Call it when I save" and "call it with ctrl+k" give no names. */
const noName =
  /^(?:when|if|on|in|at|by|from|with|via|every|each|after|before|automatically|wenn|falls|mit|bei|quand|si|avec|cuando|con|quando|se|com|когда|если)(?![\p{L}\p{N}])|(?:ctrl|cmd|strg|alt|shift)\s*\+/iu

const wishes: readonly Wish[] = [
  // Commands, from the most to the least explicit.
  {
    pattern: wish(`${renaming} ${article}${command}(?<from>.*?)\\s+${to} (?<to>.+?)(?: um)?${end}`),
    edit: renameCommand,
  },
  { pattern: wish(`${call} ${article}${command}\\s+(?<to>.+?)${end}`), edit: renameCommand },
  {
    pattern: /(?:把|将)(?:命令|指令)(?<from>.*?)(?:重命名为|改名为|改为|改成)(?<to>[^。，,]+)/u,
    edit: renameCommand,
  },
  {
    pattern: /コマンド(?<from>[^のを]*?)(?:の名前)?を(?<to>[^。、]+?)(?:に変更|に改名|にリネーム|にして)/u,
    edit: renameCommand,
  },
  // The extension itself.
  {
    pattern: wish(`${renaming} ${article}${extension}.*?\\s${to} (?<to>.+?)(?: um)?${end}`),
    edit: renameExtension,
  },
  {
    pattern: wish(`${call} ${article}(?:${extension}|it|sie|es)\\s+(?<to>.+?)${end}`),
    edit: renameExtension,
  },
  {
    pattern: wish(
      `(?:set|change|ändere|setze|change[rz]?|cambia|muda|mude|измени) ${article}(?:name|title|label|display name|titel|namen|titre|nom|título|titulo|nombre|nome|titolo|название)(?: (?:of|von|de|di) ${article}${extension})? ${to} (?<to>.+?)${end}`,
    ),
    edit: renameExtension,
  },
  {
    pattern: /(?:把|将)(?:扩展|插件)(?:的名称|名称)?(?:重命名为|改名为|改为|改成)(?<to>[^。，,]+)/u,
    edit: renameExtension,
  },
  {
    pattern: /(?:拡張機能|プラグイン)(?:の名前)?を(?<to>[^。、]+?)(?:に変更|に改名|にリネーム|にして)/u,
    edit: renameExtension,
  },
  {
    pattern: wish(
      `(?:set|change|make|ändere|setze|change[rz]?|cambia|muda|mude|измени) ${article}(?:description|beschreibung|descripción|descripcion|descrição|descrizione|описание)(?: (?:of|von|de|di) ${article}${extension})? ${to}:? (?<to>.+?)(?:\\.?\\s*$|\\n)`,
    ),
    edit: describe,
  },
  // "Rename X to Y" with the title of a command and without the word "command".
  {
    pattern: wish(`${renaming} ${article}(?<from>.+?) ${to} (?<to>.+?)(?: um)?${end}`),
    edit: renameNamedCommand,
  },
]

/** Gives a command, the extension or its description new words; the first pattern that fits is taken. */
export function rename(request: string, { files, done }: Draft): Draft | undefined {
  const manifest = readManifest(files['package.json'])
  if (!manifest) return undefined
  // The patterns are tried at every place, so a very long request must not reach them.
  const text = request.slice(0, maxCharacters)
  for (const { pattern, edit } of wishes) {
    const groups = pattern.exec(text)?.groups
    const name = clean(groups?.to ?? '')
    if (name === '' || name.length > 200 || noName.test(name)) continue
    const renamed = edit(manifest, name, clean(groups?.from ?? ''))
    if (!renamed) continue
    const changed = { ...files, 'package.json': writeManifest(renamed.manifest) }
    return { files: changed, done: [...done, renamed.sentence] }
  }
  return undefined
}

function wish(source: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${source}`, 'iu')
}

function clean(name: string): string {
  return name
    .trim()
    .replace(new RegExp(`^${quoted}+|${quoted}+$`, 'gu'), '')
    .trim()
}

function renameCommand(manifest: JsonObject, to: string, from: string): Renamed | undefined {
  const target = findCommand(manifest, from) ?? commandsOf(manifest)[0]
  return target && retitled(manifest, target, to)
}

function renameNamedCommand(manifest: JsonObject, to: string, from: string): Renamed | undefined {
  const target = findCommand(manifest, from)
  return target && retitled(manifest, target, to)
}

function retitled(manifest: JsonObject, target: { command: string; title: string }, words: string): Renamed {
  const contributes = objectOf(manifest.contributes)
  const entries = listOf(contributes.commands).map(objectOf)
  const category = entries.find(({ command: id }) => id === target.command)?.category
  const to = withoutCategory(words, category)
  const commands = entries.map((entry) =>
    entry.command === target.command ? { ...entry, title: to } : entry,
  )
  return {
    manifest: { ...manifest, contributes: { ...contributes, commands } },
    sentence: `The command “${target.title}” is now called “${to}”; its id stays \`${target.command}\`, so that keys bound to it go on working.`,
  }
}

/** People write a command as VS Code lists it, “Category: Title”; the category is a field of its own. */
function withoutCategory(words: string, category: unknown): string {
  const prefix = `${typeof category === 'string' ? category : ''}:`.toLowerCase()
  const title = words.toLowerCase().startsWith(prefix) ? words.slice(prefix.length).trim() : words
  return title === '' ? words : title
}

/** The command whose title or id occurs in the words, or the other way round. */
export function findCommand(
  manifest: JsonObject,
  words: string,
): { command: string; title: string } | undefined {
  const wanted = normalise(words).toLowerCase().trim()
  if (wanted === '') return undefined
  const commands = commandsOf(manifest)
  const sameAs = ({ command: id, title }: { command: string; title: string }) =>
    [id, title].map((text) => normalise(text).toLowerCase())
  return (
    commands.find((entry) => sameAs(entry).includes(wanted)) ??
    commands.find((entry) => sameAs(entry).some((text) => wanted.includes(text))) ??
    commands.find(
      (entry) =>
        wanted.length > 2 && wanted.length < 60 && sameAs(entry).some((text) => text.includes(wanted)),
    )
  )
}

function renameExtension(manifest: JsonObject, to: string): Renamed {
  const short = to.slice(0, 80)
  return {
    manifest: { ...manifest, displayName: short },
    sentence: `The extension is now called “${short}”.`,
  }
}

function describe(manifest: JsonObject, to: string): Renamed {
  return { manifest: { ...manifest, description: to }, sentence: 'The description is changed.' }
}
