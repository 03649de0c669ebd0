/** Tags that run, load or send something. Others (a table, a line break) are left to the renderer's own cleaning. */
const activeTag =
  /<\/?\s*(?:script|iframe|object|embed|style|link|meta|base|form|input|svg|audio|video|source)\b/i
const eventHandler = /<[^<>]*\son\w+\s*=/i

/**
 * Why a Markdown text (README.md, a welcome view) may not be shown to people, in plain words, or null when it may. Pictures from
 * other servers tell them who reads; links may open only web pages, mail, places in the text, settings, and the plugin's commands.
 */
export function checkMarkdown(text: string, ownCommands: ReadonlySet<string>): string | null {
  if (activeTag.test(text) || eventHandler.test(text))
    return 'Write it without HTML that runs or loads something.'
  for (const target of pictures(text)) {
    if (!isOwnFile(target)) return 'Remove pictures from other servers: they report who looks at them.'
  }
  for (const target of links(text)) {
    const reason = checkLink(target, ownCommands)
    if (reason) return reason
  }
  return null
}

/**
 * Targets that may be a picture's: every inline one after a `![` in its block, because what stands between may be links and
 * brackets of the picture's own words; and every reference, where there is a `![` at all. Each character is looked at once.
 */
function pictures(text: string): string[] {
  const inline: string[] = []
  let isAfterPicture = false
  for (const [match, target] of text.matchAll(/!\[|\n[ \t\r]*(?=\n)|\]\(\s*<?([^)\s>]*)/g)) {
    if (target === undefined) isAfterPicture = match === '!['
    else if (isAfterPicture) inline.push(target)
  }
  const reference = text.includes('![') ? [...text.matchAll(/\]:\s*<?(\S+)/g)] : []
  const tags = [...text.matchAll(/\b(?:src|srcset|poster|background)\s*=\s*["']?([^"'\s>]*)/gi)]
  return [...inline, ...[...reference, ...tags].map((match) => match[1] ?? '')]
}

/** A label holds no bare bracket, so that a text full of them is not read again from each. */
const definition = /^ {0,3}\[(?:[^\][\\]|\\[\s\S])+\]:\s*<?(\S+)/gm

function links(text: string): string[] {
  const inline = text.matchAll(/\]\(\s*<?([^)\s>]*)/g)
  const auto = text.matchAll(/<([a-z][a-z0-9+.-]*:[^<>\s]*)>/gi)
  const tags = text.matchAll(/\bhref\s*=\s*["']?([^"'\s>]*)/gi)
  return [...inline, ...text.matchAll(definition), ...auto, ...tags].map((match) => match[1] ?? '')
}

function isOwnFile(target: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:|^[/\\]{2}|&/i.test(target)
}

function checkLink(target: string, ownCommands: ReadonlySet<string>): string | null {
  // Entities (`javascript&#58;`) and escapes would hide the scheme from this check and not from a renderer.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(target)?.[1]?.toLowerCase()
  if (scheme === undefined) {
    return /^[^/?#]*(?:&|%3a|:)/i.test(target) ? 'Write links as plain https addresses.' : null
  }
  if (scheme === 'https' || scheme === 'http' || scheme === 'mailto') return null
  if (scheme === 'command') {
    const id = target.slice('command:'.length).split('?')[0] ?? ''
    return ownCommands.has(id) ? null : 'Link only to commands that package.json declares.'
  }
  return `Remove the ${scheme}: link; use https addresses.`
}
