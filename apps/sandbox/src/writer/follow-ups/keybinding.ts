import { commandsOf, type JsonObject, listOf, objectOf, readManifest, writeManifest } from '../manifest.ts'
import type { Draft } from './draft.ts'
import { findCommand } from './naming.ts'

const modifier = 'ctrl|control|strg|cmd|command|⌘|alt|option|opt|⌥|shift|umschalt|maj|mayús|maiusc|⇧|meta|win'
const key =
  "f(?:1[0-9]|[1-9])(?![0-9])|page ?up|pagedown|up|down|left|right|home|end|space|tab|enter|escape|backspace|delete|insert|[a-z0-9]|[,./;'`\\[\\]\\\\=-]"
const stroke = `(?:(?:${modifier})\\s*[+-]\\s*)+(?:${key})(?![\\p{L}\\p{N}])`
const strokes = new RegExp(`(?<![\\p{L}\\p{N}])${stroke}(?:[\\s,]+${stroke})?`, 'giu')

const names: Record<string, string> = {
  control: 'ctrl',
  strg: 'ctrl',
  command: 'cmd',
  '⌘': 'cmd',
  option: 'alt',
  opt: 'alt',
  '⌥': 'alt',
  umschalt: 'shift',
  maj: 'shift',
  mayús: 'shift',
  maiusc: 'shift',
  '⇧': 'shift',
}

/** Binds the keys named in a request to the command it names, or to the first command. */
export function bindKeys(request: string, { files, done }: Draft): Draft | undefined {
  const manifest = readManifest(files['package.json'])
  const found = request.match(strokes)?.[0]
  if (!manifest || found === undefined) return undefined
  const target = findCommand(manifest, withoutKeys(request)) ?? firstVisible(manifest)
  if (!target) return { files, done: [...done, 'There is no command to bind keys to.'] }

  const keys = platformKeys(found)
  const contributes = objectOf(manifest.contributes)
  const before = listOf(contributes.keybindings)
  const index = before.findIndex((entry) => objectOf(entry).command === target.command)
  const binding = { ...objectOf(before[index]), command: target.command, ...keys }
  const keybindings = index === -1 ? [...before, binding] : before.with(index, binding)
  const changed = writeManifest({ ...manifest, contributes: { ...contributes, keybindings } })
  return {
    files: { ...files, 'package.json': changed },
    done: [...done, `“${target.title}” is bound to ${keys.key}, and to ${keys.mac} on macOS.`],
  }
}

/** The request without its keys: the 5 of ctrl+5 is no number, and no name has keys in it. */
export function withoutKeys(request: string): string {
  return request.replace(strokes, ' ')
}

/** VS Code's writing of the keys, for macOS with cmd in place of ctrl and the other way round. */
function platformKeys(found: string): { key: string; mac: string } {
  const chord = found
    .toLowerCase()
    .replace(/\s*\+\s*|(?<=\p{L})\s*-\s*(?=.)/gu, '+')
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) =>
      part
        .split('+')
        .map((name) => names[name] ?? name)
        .join('+'),
    )
    .join(' ')
  return {
    key: chord.replaceAll(/\b(?:cmd|meta)\+/g, 'ctrl+'),
    mac: chord.replaceAll(/\b(?:ctrl|meta|win)\+/g, 'cmd+'),
  }
}

function firstVisible(manifest: JsonObject): { command: string; title: string } | undefined {
  const palette = listOf(objectOf(objectOf(manifest.contributes).menus).commandPalette).map(objectOf)
  const hidden = palette.filter((item) => item.when === 'false').map((item) => item.command)
  return commandsOf(manifest).find(({ command }) => !hidden.includes(command))
}
