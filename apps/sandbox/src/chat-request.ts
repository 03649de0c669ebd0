import { z } from 'zod'
import type { Message } from './writer/conversation.ts'

const textPart = z.looseObject({ type: z.string(), text: z.string().optional() })
const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.union([z.string(), z.array(textPart)]).nullish(),
})

/** The body of POST /v1/chat/completions, as far as this server reads it; the rest is allowed and ignored. */
export const chatRequest = z.looseObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
})

export type ChatRequest = z.infer<typeof chatRequest>

export function messagesOf(request: ChatRequest): Message[] {
  return request.messages.map(({ role, content }) => ({ role, text: textOf(content) }))
}

function textOf(content: ChatRequest['messages'][number]['content']): string {
  if (typeof content === 'string') return content
  return (content ?? []).map((part) => part.text ?? '').join('')
}
