import { z } from 'zod'
import type { Segment } from '../prefix-memory.ts'
import type { ModelCall } from '../protocol.ts'
import { currentFilesText, type Message } from '../writer/conversation.ts'

const textPart = z.looseObject({ type: z.string(), text: z.string().optional() })
const content = z.union([z.string(), z.array(textPart)]).nullish()
const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content,
})

/** The body of POST /v1/chat/completions. */
export const chatRequest = z
  .looseObject({
    model: z.string().min(1),
    messages: z.array(message).min(1),
    stream: z.boolean().nullish(),
    stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
    max_tokens: z.int().positive().nullish(),
    max_completion_tokens: z.int().positive().nullish(),
  })
  .transform((body): ModelCall => {
    const messages = body.messages.map((each) => ({ role: each.role, text: textOf(each.content) }))
    return {
      model: body.model,
      messages,
      segments: segmentsOf(messages),
      maxTokens: body.max_completion_tokens ?? body.max_tokens ?? Number.POSITIVE_INFINITY,
      isStream: body.stream === true,
      isUsageAsked: body.stream_options?.include_usage === true,
    }
  })

function textOf(text: z.infer<typeof content>): string {
  if (typeof text === 'string') return text
  return (text ?? []).map((part) => part.text ?? '').join('')
}

/** OpenAI caches unasked: here after each message but the last, and after the current files at any message's beginning. */
function segmentsOf(messages: readonly Message[]): Segment[] {
  return messages.flatMap(({ role, text }, index) => {
    const files = currentFilesText(text)
    return [
      { role, text: files, isKept: true },
      { role, text: text.slice(files.length), isKept: index < messages.length - 1 },
    ].filter((segment) => segment.text !== '')
  })
}
