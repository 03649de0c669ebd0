import { event } from '../frames.ts'
import type { Protocol } from '../protocol.ts'
import { type Refusal, type RefusalKind, refusals } from '../refusal.ts'
import { messageAnswer, messageEvents } from './messages-frames.ts'
import { messagesRequest } from './messages-request.ts'

const version = '2023-06-01'

/** Anthropic's messages. Any key will do, but there has to be one. */
export const messagesProtocol: Protocol = {
  path: '/v1/messages',
  requestIdHeader: 'request-id',
  admit(headers) {
    if (!headers['x-api-key']) return refusals.noKey
    const asked = headers['anthropic-version']
    if (asked === undefined) return refusals.header('anthropic-version', 'header is required')
    if (asked !== version) {
      return refusals.header('anthropic-version', `this server speaks ${version} only`)
    }
    return undefined
  },
  request: messagesRequest,
  events: messageEvents,
  answer: messageAnswer,
  refusal: errorBody,
  refusalEvent: (refusal, requestId) => event(JSON.stringify(errorBody(refusal, requestId)), 'error'),
  garbageEvent: event('{"type":"content_block_delta","index":0,"delta":{"te', 'content_block_delta'),
}

const words: Record<RefusalKind, string> = {
  invalid: 'invalid_request_error',
  'too-large': 'request_too_large',
  key: 'authentication_error',
  model: 'not_found_error',
  route: 'not_found_error',
  busy: 'rate_limit_error',
  broken: 'api_error',
  overloaded: 'overloaded_error',
}

function errorBody({ kind, message }: Refusal, requestId: string): object {
  return { type: 'error', error: { type: words[kind], message }, request_id: requestId }
}
