import type { IncomingHttpHeaders } from 'node:http'
import type { ZodType } from 'zod'
import type { Completion } from './completion.ts'
import type { Segment } from './prefix-memory.ts'
import type { Refusal } from './refusal.ts'
import type { Message } from './writer/conversation.ts'

/** What a call asks for, whichever protocol it came in. */
export type ModelCall = {
  model: string
  /** The system text is the first one. */
  messages: Message[]
  /** The same text as the prompt cache sees it. */
  segments: Segment[]
  /** Infinite when the call names no limit. */
  maxTokens: number
  isStream: boolean
  isUsageAsked: boolean
}

/** What goes back. `id` is the request's own. */
export type Reply = { id: string; model: string; completion: Completion; isUsageAsked: boolean }

/** One provider's way to say the same: how calls are read, answers framed and refusals worded. */
export type Protocol = {
  path: string
  requestIdHeader: string
  /** Looks at the headers before the body is read. */
  admit: (headers: IncomingHttpHeaders) => Refusal | undefined
  /** The body of a call, as far as this server reads it; the rest is allowed and ignored. */
  request: ZodType<ModelCall>
  /** The server-sent events of a streamed answer. */
  events: (reply: Reply) => Iterable<string>
  /** The answer in one piece. */
  answer: (reply: Reply) => object
  refusal: (refusal: Refusal, requestId: string) => object
  /** A refusal that comes as an event, after "200 OK". */
  refusalEvent: (refusal: Refusal, requestId: string) => string
  /** An event whose JSON breaks off. */
  garbageEvent: string
}
