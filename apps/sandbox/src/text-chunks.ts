const maxCharacters = 24
const maxWords = 4

/** Cuts a text into pieces of one to four words and at most 24 characters, as a model streams it. */
export function textChunks(text: string): string[] {
  const chunks: string[] = []
  let chunk = ''
  let words = 0
  for (const word of text.match(/\s*\S+|\s+$/g) ?? []) {
    if (chunk !== '' && (words === maxWords || chunk.length + word.length > maxCharacters)) {
      chunks.push(chunk)
      chunk = ''
      words = 0
    }
    const pieces = word.length > maxCharacters ? cut(word) : [word]
    chunks.push(...pieces.slice(0, -1))
    chunk += pieces.at(-1) ?? ''
    words += 1
  }
  return chunk === '' ? chunks : [...chunks, chunk]
}

/** Never between the two halves of a surrogate pair. */
function cut(word: string): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const character of word) {
    if (piece.length + character.length > maxCharacters) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...pieces, piece]
}
