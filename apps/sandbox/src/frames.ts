import type { Completion } from './completion.ts'

type Head = { id: string; model: string; created: number }

/** The server-sent events of a streamed answer. */
export function* eventFrames(head: Head, completion: Completion, withUsage: boolean): Generator<string> {
  const chunk = (choices: object[], usage: object | null) => {
    const usageField = withUsage ? { usage } : {}
    return event(JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...usageField }))
  }
  const choice = (delta: object, finishReason: string | null) => [
    { index: 0, delta, logprobs: null, finish_reason: finishReason },
  ]
  yield chunk(choice({ role: 'assistant', content: '' }, null), null)
  for (const content of completion.pieces) yield chunk(choice({ content }, null), null)
  yield chunk(choice({}, completion.finishReason), null)
  const usage = completion.usage()
  if (withUsage && usage) yield chunk([], usage)
  yield event('[DONE]')
}

/** One JSON answer, in two halves so that it can break off in between. */
export function jsonFrames(head: Head, completion: Completion): string[] {
  const message = { role: 'assistant', content: [...completion.pieces].join(''), refusal: null }
  const usage = completion.usage()
  const body = JSON.stringify({
    ...head,
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: completion.finishReason }],
    ...(usage ? { usage } : {}),
  })
  const middle = Math.floor(body.length / 2)
  return [body.slice(0, middle), body.slice(middle)]
}

export function event(text: string): string {
  return `data: ${text}\n\n`
}
