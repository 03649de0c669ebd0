export type Span = { start: number; end: number }

/** Whether one of the alternatives (joined by `|`) occurs in the text. */
export function matchesAny(text: string, alternatives: string): boolean {
  return findPart(normalise(text), alternatives, 'iu').length > 0
}

/** Compatibility forms, accents and "ß" are folded, so that "Wörter zählen" meets "worter zahl". */
export function normalise(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss')
}

// Chinese and Japanese do not separate words, not even from a Latin word between theirs.
const spaced = '[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}]'
const patterns = new Map<string, RegExp>()

/** Where one of the alternatives of `part` occurs in a normalised text. */
export function findPart(text: string, part: string, flags: string): Span[] {
  const key = `${flags} ${part}`
  const pattern = patterns.get(key) ?? patternOf(part, flags)
  patterns.set(key, pattern)
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** An alternative matches from the beginning of a word; with a final `$` the word must end there too. */
function patternOf(part: string, flags: string): RegExp {
  const alternatives = part.split('|').map((alternative) => {
    const isWhole = alternative.endsWith('$')
    const stem = normalise(isWhole ? alternative.slice(0, -1) : alternative)
    const isSpaced = /^[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(stem)
    const before = isSpaced ? `(?<!${spaced})` : ''
    const after = isWhole ? `(?!${spaced})` : ''
    return before + stem.replace(/[.*+?^${}()[\]\\/]/g, '\\$&') + after
  })
  return new RegExp(alternatives.join('|'), `g${flags}`)
}
