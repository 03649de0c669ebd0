/**
 * What a terminal would do something about, or show as something else: controls, text-direction marks, and whatever else is no
 * character. Joiners are letters of Persian and Hindi, and parts of emoji.
 */
const unprintable = /(?![\u200c\u200d])\p{C}/gu

/** One line that a terminal only shows: an escape sequence in a title must not move the cursor. */
export function printable(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(unprintable, '�')
}

/** The same for text of several lines, which stay lines and keep their spaces. */
export function printableLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.replaceAll(/[\t\p{Zl}\p{Zp}]/gu, ' ').replaceAll(unprintable, '�'))
    .join('\n')
}
