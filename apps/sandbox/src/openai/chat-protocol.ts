import { event } from '../frames.ts'
import type { Protocol } from '../protocol.ts'
import type { Refusal, RefusalKind } from '../refusal.ts'
import { chatAnswer, chatEvents } from './chat-frames.ts'
import { chatRequest } from './chat-request.ts'

/** OpenAI's chat completions, which most providers speak. A key is not asked for. */
export const chatProtocol: Protocol = {
  path: '/v1/chat/completions',
  requestIdHeader: 'x-request-id',
  admit: () => undefined,
  request: chatRequest,
  events: chatEvents,
  answer: chatAnswer,
  refusal: errorBody,
  refusalEvent: (refusal) => event(JSON.stringify(errorBody(refusal))),
  garbageEvent: event('{"choices":[{"delta":{"cont'),
}

const words: Record<RefusalKind, { type: string; code: string | null }> = {
  invalid: { type: 'invalid_request_error', code: null },
  'too-large': { type: 'invalid_request_error', code: null },
  key: { type: 'authentication_error', code: 'invalid_api_key' },
  model: { type: 'invalid_request_error', code: 'model_not_found' },
  route: { type: 'invalid_request_error', code: null },
  busy: { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  broken: { type: 'server_error', code: null },
  overloaded: { type: 'server_error', code: 'server_error' },
}

function errorBody({ kind, message }: Refusal): object {
  return { error: { message, param: null, ...words[kind] } }
}
