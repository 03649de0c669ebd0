/** How many characters a text has as people and PostgreSQL count them: an emoji of two UTF-16 units is one. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
