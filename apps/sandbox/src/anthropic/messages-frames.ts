import { event } from '../frames.ts'
import type { Reply } from '../protocol.ts'
import type { TokenUsage } from '../token-usage.ts'

/** This protocol cannot keep silent about usage: who doesn't know it says zero. */
const unknownUsage: TokenUsage = { input: 0, cached: 0, created: 0, output: 0 }

/** The events of a streamed answer: one block of text between the message's start and stop. */
export function* messageEvents(reply: Reply): Generator<string> {
  const usage = usageOf(reply)
  // The first figures come when the first token is written; the last ones are the sums of the whole answer.
  const started = { ...usage, output_tokens: Math.min(1, usage.output_tokens) }
  yield named('message_start', { message: { ...headOf(reply), content: [], ...notStopped, usage: started } })
  yield named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } })
  yield named('ping', {})
  for (const text of reply.completion.pieces) {
    yield named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })
  }
  yield named('content_block_stop', { index: 0 })
  yield named('message_delta', { delta: stopOf(reply), usage })
  yield named('message_stop', {})
}

/** The answer in one piece. */
export function messageAnswer(reply: Reply): object {
  const text = [...reply.completion.pieces].join('')
  return {
    ...headOf(reply),
    content: [{ type: 'text', text }],
    ...stopOf(reply),
    usage: usageOf(reply),
  }
}

const notStopped = { stop_reason: null, stop_sequence: null }

function named(type: string, fields: object): string {
  return event(JSON.stringify({ type, ...fields }), type)
}

function headOf({ id, model }: Reply) {
  return { id: `msg_${id}`, type: 'message', role: 'assistant', model }
}

function stopOf({ completion }: Reply) {
  return { stop_reason: completion.isCutOff ? 'max_tokens' : 'end_turn', stop_sequence: null }
}

/** `input_tokens` is only what the cache neither knew nor keeps: the three sum up to the prompt. */
function usageOf({ completion }: Reply) {
  const { input, cached, created, output } = completion.usage ?? unknownUsage
  return {
    input_tokens: input - cached - created,
    cache_creation_input_tokens: created,
    cache_read_input_tokens: cached,
    output_tokens: output,
  }
}
