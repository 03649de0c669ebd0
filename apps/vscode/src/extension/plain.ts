/** What changes how the rest of a line reads: control characters, line separators, and the marks that turn its direction. */
const unseen = /[\p{Cc}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu

const wordJoiner = '\u2060'

/**
 * Words of others as words only. VS Code makes links of `[label](command:…)`, `(file:…)` and `(http…)` in messages, in the titles of
 * progress and in what stands under an input, and runs the commands: whoever names a plugin could have somebody else's editor do what
 * they like. A character that nobody sees, between the two brackets, takes the link away.
 */
export function plain(text: string): string {
  return text.replaceAll(unseen, ' ').replaceAll('](', `]${wordJoiner}(`)
}
