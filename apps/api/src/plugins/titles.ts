import { withoutInvisible } from '@tallyforge/core/invisible'
import { makerLimits } from '@tallyforge/core/plugins/limits'

/** A title from the first line of a prompt, cut at a word, without characters that a title may not have. */
export function titleFromPrompt(prompt: string): string {
  const line = withoutInvisible(prompt.split('\n')[0] ?? '')
    .replaceAll(/\s+/g, ' ')
    // As a typed title: no Markdown link.
    .replaceAll('](', '] (')
    .trim()
  const characters = [...line]
  if (characters.length <= 60) return line === '' ? 'Untitled plugin' : line
  const cut = characters.slice(0, 60).join('')
  const words = cut.slice(0, Math.max(cut.lastIndexOf(' '), 30))
  return `${words.trimEnd()}…`
}

/** The title of a duplicate. */
export function copyTitle(title: string): string {
  return `${[...title].slice(0, 93).join('')} (copy)`
}

/**
 * The title that a new ready version brings: what it calls itself, as long as no person gave the plugin another title. `from`
 * is what the plugin was called after: the version that was the newest ready one, and the first prompt. Null: it stays.
 */
export function titleFromVersion(
  title: string,
  displayName: string,
  from: { displayName: string | null; prompt: string | null },
): string | null {
  const name = fitting(displayName)
  if (name === '' || displayName === from.displayName) return null
  const own = [
    ...(from.prompt === null ? [] : [titleFromPrompt(from.prompt)]),
    ...(from.displayName === null ? [] : [fitting(from.displayName), copyTitle(from.displayName)]),
  ]
  return own.includes(title) && name !== title ? name : null
}

function fitting(displayName: string): string {
  return [...displayName].slice(0, makerLimits.titleCodePoints).join('')
}
