import { findInvisible } from '../invisible.ts'
import { checkMarkdown } from './markdown-links.ts'
import { hasHiddenCharacters } from './text.ts'

/** Keys whose text VS Code shows as it is, in a menu, a title or a list. */
const plainKeys = new Set([
  ...['displayName', 'title', 'shortTitle', 'category', 'label', 'name', 'contextualTitle'],
  ...[
    'description',
    'enumDescriptions',
    'enumItemLabels',
    'deprecationMessage',
    'categories',
    'keywords',
    'aliases',
  ],
])
/** Keys whose text VS Code renders as Markdown. */
const markdownKeys = new Set([
  'markdownDescription',
  'markdownEnumDescriptions',
  'markdownDeprecationMessage',
  'contents',
])

type Finding = { where: string; reason: string }

/**
 * Judges every text of a manifest: nothing invisible or reordering, no HTML, no links in plain texts, and in Markdown only links
 * that may be followed. Where is a dotted path such as `contributes.commands.0.title`.
 */
export function checkManifestTexts(manifest: unknown, ownCommands: ReadonlySet<string>): Finding[] {
  const findings: Finding[] = []
  const visit = (value: unknown, key: string, where: string) => {
    if (typeof value === 'string') {
      const reason = checkText(value, key, where, ownCommands)
      if (reason) findings.push({ where, reason })
    } else if (typeof value === 'object' && value !== null) {
      for (const [inner, item] of Object.entries(value)) {
        // The items of a list are texts of the list's own key: keywords.0 is judged as keywords.
        visit(item, Array.isArray(value) ? key : inner, where ? `${where}.${inner}` : inner)
      }
    }
  }
  visit(manifest, '', '')
  return findings
}

function checkText(
  text: string,
  key: string,
  where: string,
  ownCommands: ReadonlySet<string>,
): string | null {
  // A walkthrough's descriptions are Markdown with buttons, like a welcome view's contents.
  const isMarkdown =
    markdownKeys.has(key) || (key === 'description' && where.startsWith('contributes.walkthroughs'))
  // A setting's values are data: a delimiter may well be a tab or a line end.
  const isSpaced = isMarkdown || key === 'description' || key === 'enum' || key === 'default'
  const visible = isSpaced ? text.replace(/[\n\t\r]/g, ' ') : text
  if (hasHiddenCharacters(visible)) return 'Remove control and text-direction characters.'
  if (/^%[^%]+%$/.test(text)) return 'Write the text itself: package.nls.json is not supported.'
  if (isMarkdown) return checkMarkdown(text, ownCommands)
  return plainKeys.has(key) ? checkPlain(text) : null
}

function checkPlain(text: string): string | null {
  const hidden = findInvisible(text.replace(/[\n\t\r]/g, ' '))
  if (hidden) return `Remove the invisible character ${hidden.name}.`
  if (/<[a-z!/]/i.test(text)) return 'Write it without HTML.'
  if (/\]\(|\b(?:command|javascript|data|vscode):\S/i.test(text))
    return 'Write it as plain text, without links.'
  return null
}
