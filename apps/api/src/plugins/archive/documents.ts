import type { PluginSummary } from '@tallyforge/core/plugins/gate'

/** The licence of a plugin whose author chose none. */
export const defaultLicense = `MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files
(the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge,
publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE
FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`

/** The path of the first file at the root whose name fits, or null. */
export function findDocument(files: ReadonlyMap<string, string>, name: RegExp): string | null {
  return [...files.keys()].find((path) => name.test(path)) ?? null
}

export const documentNames = {
  readme: /^readme\.md$/i,
  license: /^licen[cs]e(?:\.(?:md|txt))?$/i,
  changelog: /^changelog\.md$/i,
} as const

/** A README made of what the plugin declares, for plugins that bring none. */
export function writeReadme(summary: PluginSummary): string {
  return `${[
    `# ${text(summary.displayName)}`,
    text(summary.description),
    ...section(
      'Commands',
      summary.commands.map(({ title, command }) => `${text(title)} (${code(command)})`),
    ),
    ...section(
      'Keys',
      summary.keybindings.map(({ key, command }) => `${code(key)} runs ${code(command)}`),
    ),
    ...section(
      'Settings',
      summary.settings.map(({ key, description }) => `${code(key)}: ${text(description)}`),
    ),
    ...section('Adds', summary.contributes.map(text)),
    ...section('Can reach', reaches(summary)),
  ].join('\n\n')}\n`
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`## ${title}`, lines.map((line) => `- ${line}`).join('\n')] : []
}

function reaches({ capabilities }: PluginSummary): string[] {
  return [
    ...(capabilities.network ? ['the network'] : []),
    ...(capabilities.processes ? ['other programs'] : []),
    ...(capabilities.files ? ['files'] : []),
  ]
}

/** One line of plain text in Markdown: nothing in it becomes a link, a picture or HTML. */
function text(plain: string): string {
  return plain.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+!|<>&~]/g, '\\$&')
}

const code = (plain: string) => `\`${plain.replace(/[`\s]+/g, ' ')}\``
