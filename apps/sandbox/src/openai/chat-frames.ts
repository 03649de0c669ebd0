import { event } from '../frames.ts'
import type { Reply } from '../protocol.ts'
import type { TokenUsage } from '../token-usage.ts'

/** The chunks of a streamed answer; usage comes only when it was asked for. */
export function* chatEvents(reply: Reply): Generator<string> {
  const { completion, isUsageAsked } = reply
  const head = headOf(reply, 'chat.completion.chunk')
  const chunk = (choices: object[], usage: object | null) =>
    event(JSON.stringify({ ...head, choices, ...(isUsageAsked ? { usage } : {}) }))
  const choice = (delta: object, finishReason: string | null) => [
    { index: 0, delta, logprobs: null, finish_reason: finishReason },
  ]
  yield chunk(choice({ role: 'assistant', content: '' }, null), null)
  for (const content of completion.pieces) yield chunk(choice({ content }, null), null)
  yield chunk(choice({}, finishReasonOf(reply)), null)
  if (isUsageAsked && completion.usage) yield chunk([], usageOf(completion.usage))
  yield event('[DONE]')
}

/** The answer in one piece. */
export function chatAnswer(reply: Reply): object {
  const { pieces, usage } = reply.completion
  const message = { role: 'assistant', content: [...pieces].join(''), refusal: null }
  return {
    ...headOf(reply, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReasonOf(reply) }],
    ...(usage ? { usage: usageOf(usage) } : {}),
  }
}

function headOf({ id, model }: Reply, object: string) {
  return { id: `chatcmpl-${id}`, model, created: Math.floor(Date.now() / 1000), object }
}

function finishReasonOf({ completion }: Reply): 'stop' | 'length' {
  return completion.isCutOff ? 'length' : 'stop'
}

function usageOf({ input, cached, output }: TokenUsage) {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
  }
}
