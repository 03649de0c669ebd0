import { commandsOf, type JsonObject, settingsOf } from './manifest.ts'
import type { Recipe } from './recipe.ts'

const origin =
  'Put together by Tallyforge’s template writer from ready-made parts. It is not an AI model, and none was involved.'

export function readme(manifest: JsonObject, chosen: readonly Recipe[]): string {
  const sections = [
    `# ${textOf(manifest.displayName)}`,
    textOf(manifest.description),
    '## How to use it',
    chosen.flatMap((recipe) => recipe.usage.map((line) => `- ${line}`)).join('\n'),
    ...commandTable(manifest),
    ...settingTable(manifest),
    '---',
    origin,
  ]
  return `${sections.join('\n\n')}\n`
}

/** A README with a section for a recipe added later, above the closing line where there is one. */
export function readmeWith(text: string, title: string, recipe: Recipe): string {
  const section = `## ${title}\n\n${recipe.usage.map((line) => `- ${line}`).join('\n')}\n`
  const end = text.lastIndexOf(`---\n\n${origin}`)
  if (end === -1) return `${text.trimEnd()}\n\n${section}`
  return `${text.slice(0, end)}${section}\n${text.slice(end)}`
}

function commandTable(manifest: JsonObject): string[] {
  const rows = commandsOf(manifest).map(({ command, title }) => `| ${cell(title)} | \`${command}\` |`)
  if (rows.length === 0) return []
  return ['## Commands', ['| Command | Id |', '| --- | --- |', ...rows].join('\n')]
}

function settingTable(manifest: JsonObject): string[] {
  const rows = Object.entries(settingsOf(manifest)).map(
    ([name, { default: value, description }]) =>
      `| \`${name}\` | \`${cell(short(JSON.stringify(value ?? null)))}\` | ${cell(textOf(description))} |`,
  )
  if (rows.length === 0) return []
  return ['## Settings', ['| Setting | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n')]
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
