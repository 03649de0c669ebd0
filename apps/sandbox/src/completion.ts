import { modelText } from './model-text.ts'
import type { Model } from './models.ts'
import type { Recalled } from './prefix-memory.ts'
import type { ModelCall } from './protocol.ts'
import { textChunks } from './text-chunks.ts'
import { type TokenUsage, tokenUsage } from './token-usage.ts'
import { readConversation } from './writer/conversation.ts'

const hugeCharacters = 30_000_000
const hugeLine = `// ${'The quick brown fox jumps over the lazy dog. '.repeat(23)}\n`

/** As many as a person still scrolls through: a page that shows them as they come must stay quick. */
const longLines = 5_000
const longLine = (index: number) =>
  `export const value${String(index).padStart(4, '0')} = ${index}; // one of many\n`

/** What a model answers, in pieces. `usage` is undefined when the model keeps silent about it. */
export type Completion = { pieces: Iterable<string>; usage: TokenUsage | undefined; isCutOff: boolean }

/** What the model answers to a call whose prompt the cache knew in part. */
export function completionOf(
  model: Model,
  { messages, maxTokens }: ModelCall,
  recalled: Recalled,
): Completion {
  const input = messages.reduce((sum, { text }) => sum + text.length, 0)
  const usageFor = (output: number) => tokenUsage(model, { input, output, ...recalled })
  // A model that writes for ever doesn't keep to max_tokens either.
  if (model.text === 'huge') {
    return { pieces: hugePieces(), usage: usageFor(hugeCharacters), isCutOff: false }
  }
  if (model.text === 'long') {
    return { pieces: longPieces(), usage: usageFor(longLines * longLine(0).length), isCutOff: false }
  }
  const whole = modelText(model, readConversation(messages))
  const text = whole.slice(0, maxTokens * 4)
  return { pieces: textChunks(text), usage: usageFor(text.length), isCutOff: text.length < whole.length }
}

/** One long file that builds, two lines at a time. */
function* longPieces(): Generator<string> {
  yield 'One long file.\n\n<file path="src/long.ts">\n'
  for (let index = 0; index < longLines; index += 2) {
    yield longLine(index) + longLine(index + 1)
  }
  yield '</file>\n'
}

function* hugePieces(): Generator<string> {
  const opening = '<file path="src/extension.ts">\n'
  yield opening
  const piece = hugeLine.repeat(16)
  for (let left = hugeCharacters - opening.length; left > 0; left -= piece.length) yield piece.slice(0, left)
}
