import { z } from 'zod'
import type { Segment } from '../prefix-memory.ts'
import type { ModelCall } from '../protocol.ts'

const maxBreakpoints = 4

const cacheControl = z.looseObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() })
const text = z.string().regex(/\S/, 'text content blocks must contain non-whitespace text')
const textBlock = z.looseObject({ type: z.literal('text'), text, cache_control: cacheControl.nullish() })
const content = z.union([text, z.array(textBlock).min(1)])

const body = z.looseObject({
  model: z.string().min(1),
  max_tokens: z.int().positive(),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content })).min(1),
  system: z.union([z.string(), z.array(textBlock)]).nullish(),
  stream: z.boolean().nullish(),
  /** Marks the last block, wherever it is. */
  cache_control: cacheControl.nullish(),
})

/** The body of POST /v1/messages. Blocks other than text are refused: the template writer reads nothing else. */
export const messagesRequest = body.transform((asked, context): ModelCall => {
  const turns = [{ role: 'system', content: asked.system ?? [] }, ...asked.messages].map((turn) => ({
    role: turn.role,
    segments: segmentsOf(turn),
  }))
  const segments = turns.flatMap((turn) => turn.segments)
  const last = segments.at(-1)
  if (asked.cache_control && last) last.isKept = true
  const breakpoints = segments.filter(({ isKept }) => isKept).length
  if (breakpoints > maxBreakpoints) {
    context.addIssue({
      code: 'custom',
      message: `A maximum of ${maxBreakpoints} blocks with cache_control may be provided. Found ${breakpoints}.`,
    })
  }
  return {
    model: asked.model,
    messages: turns.map((turn) => ({
      role: turn.role,
      text: turn.segments.map((segment) => segment.text).join(''),
    })),
    segments,
    maxTokens: asked.max_tokens,
    isStream: asked.stream === true,
    isUsageAsked: true,
  }
})

type Turn = { role: string; content: z.infer<typeof content> }

/** Anthropic caches what it is asked to: up to a block with `cache_control`. */
function segmentsOf({ role, content }: Turn): Segment[] {
  if (typeof content === 'string') return [{ role, text: content, isKept: false }]
  return content.map((block) => ({ role, text: block.text, isKept: Boolean(block.cache_control) }))
}
