import type { ChatRequest } from './chat-request.ts'
import { modelText } from './model-text.ts'
import type { Model } from './models.ts'
import { textChunks } from './text-chunks.ts'
import { type TokenUsage, tokenUsage } from './token-usage.ts'
import type { Conversation } from './writer/conversation.ts'

const hugeCharacters = 30_000_000
const hugeLine = `// ${'The quick brown fox jumps over the lazy dog. '.repeat(23)}\n`

type Prompt = { characters: number; cached: number; conversation: Conversation }

/** What a model answers, in pieces. `usage` counts the pieces, so read it after them. */
export type Completion = {
  pieces: Iterable<string>
  usage: () => TokenUsage | undefined
  finishReason: 'stop' | 'length'
}

export function completionOf(model: Model, request: ChatRequest, prompt: Prompt): Completion {
  const usageFor = (completion: number) =>
    tokenUsage(model, { prompt: prompt.characters, cached: prompt.cached, completion })
  // A model that writes for ever doesn't keep to max_tokens either.
  if (model.text === 'huge') {
    return { pieces: hugePieces(), usage: () => usageFor(hugeCharacters), finishReason: 'stop' }
  }
  const whole = modelText(model, prompt.conversation)
  const limit = (request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY) * 4
  const text = whole.length > limit ? whole.slice(0, limit) : whole
  return {
    pieces: textChunks(text),
    usage: () => usageFor(text.length),
    finishReason: text.length < whole.length ? 'length' : 'stop',
  }
}

function* hugePieces(): Generator<string> {
  const opening = '<file path="src/extension.ts">\n'
  yield opening
  const piece = hugeLine.repeat(16)
  for (let left = hugeCharacters - opening.length; left > 0; left -= piece.length) yield piece.slice(0, left)
}
