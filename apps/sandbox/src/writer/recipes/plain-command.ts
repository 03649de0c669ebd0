import { asset, type Part, type Recipe } from '../recipe.ts'

/** The honest default for a request no other recipe knows: one command that shows what was asked for. */
export const plainCommand: Recipe = {
  id: 'plain-command',
  title: 'Plain Command',
  summary: 'shows, with one command, what was asked for',
  category: 'Other',
  keywords: [],
  usage: [
    'Run the command “Show Request” from the command palette. It shows what was asked for, and nothing more.',
  ],
  part: plainPart,
}

function plainPart(request: string): Part {
  const title = titleOf(request)
  return {
    title,
    contributes: {
      commands: [{ command: 'plainCommand.run', title: `Show Request: ${title}`, category: 'Tallyforge' }],
    },
    // A replacer function: "$&" in a request must not be read as a pattern.
    files: {
      'src/plain-command.ts': asset('plain-command.ts.txt').replace('__REQUEST__', () => literal(request)),
    },
    activate: { module: 'plain-command', call: 'activatePlainCommand' },
  }
}

/** The first few words of the request, fit for a name. */
function titleOf(request: string): string {
  const words = request.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const title = [...words.slice(0, 5).join(' ')].slice(0, 40).join('').trim()
  return title === '' ? 'Untitled' : title.charAt(0).toUpperCase() + title.slice(1)
}

/** JSON strings are TypeScript strings, and line separators are escaped for older parsers. */
function literal(request: string): string {
  const short = [...request].slice(0, 2000).join('').toWellFormed()
  return JSON.stringify(short).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
