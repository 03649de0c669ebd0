/**
 * First what people write with characters that show nothing by themselves: the letters inside a region's flag, joiners and
 * forms after a letter that is not Latin (Persian, Hindi, names in Japanese), after a mark or an emoji, and the keys 1️⃣ to 9️⃣.
 * Then, as `found`, every other character that cannot be seen: controls, line separators, text-direction marks, empty letters.
 */
const pattern =
  /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{1,6}\u{e007f}|(?!\p{Default_Ignorable_Code_Point})(?:(?!\p{Script=Latin})\p{L}|[\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]?[\u200c\u200d]?|[0-9#*]\ufe0f(?=\u20e3)|(?<found>[\p{Cc}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb])/gu

/** The first character of a text that people cannot see, as `U+202E` with its offset, or null. Such a name reads as another one. */
export function findInvisible(text: string): { name: string; offset: number } | null {
  for (const match of text.matchAll(pattern)) {
    const code = match.groups?.found?.codePointAt(0)
    if (code !== undefined) {
      return { name: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`, offset: match.index }
    }
  }
  return null
}

/** A text without invisible characters, in one line: for what becomes a name without anybody having typed it as one. */
export function withoutInvisible(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(pattern, (match, found: string | undefined) => (found === undefined ? match : ''))
}
