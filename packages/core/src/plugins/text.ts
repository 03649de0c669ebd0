/** Control characters, bidirectional overrides, line separators and the byte order mark: text that shows as something else than it is. */
const hidden = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u

/** The same without tab, line feed and carriage return, which files hold rightly. */
const hiddenInFiles = /[\0\u202a-\u202e\u2066-\u2069]/u

/** Whether one line of text holds characters that people cannot see, or half of a surrogate pair. */
export function hasHiddenCharacters(text: string): boolean {
  return hidden.test(text) || !text.isWellFormed()
}

/** Whether a file's content holds NUL, bidirectional overrides (they make code read differently than it runs), or broken UTF-16. */
export function hasHiddenFileCharacters(content: string): boolean {
  return hiddenInFiles.test(content) || !content.isWellFormed()
}

/** The size of a text as UTF-8, in bytes. Core has no TextEncoder; half surrogate pairs count as U+FFFD (3 bytes). */
export function utf8Bytes(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (isPair(unit, text.charCodeAt(i + 1))) {
      bytes += 4
      i++
    } else bytes += 3
  }
  return bytes
}

const isPair = (high: number, low: number) => high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000

/** A text in quotes for a message: at most 80 characters, everything outside of printable ASCII as an escape, so that look-alikes show. */
export function quoted(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 77)}...` : text
  const visible = short.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `"${visible}"`
}
