import type { FastifyReply } from 'fastify'

type Refusal = { status: number; body: object | string; headers?: Record<string, string> }

/** Every refusal of this server, in the shape OpenAI gives its errors. */
export const refusal = {
  invalid: (issue: { path: PropertyKey[]; message: string } | undefined) => ({
    status: 400,
    body: errorBody(
      `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`,
      'invalid_request_error',
    ),
  }),
  unreadable: (status: number) => ({
    status,
    body: errorBody('The body could not be read as JSON.', 'invalid_request_error'),
  }),
  unknownModel: (model: string) => ({
    status: 404,
    body: errorBody(
      `The model “${model.slice(0, 100)}” does not exist here.`,
      'invalid_request_error',
      'model_not_found',
    ),
  }),
  noRoute: { status: 404, body: errorBody('There is nothing at this address.', 'invalid_request_error') },
  broken: { status: 500, body: errorBody('The template writer failed.', 'server_error') },
  midstream: errorBody('The template writer breaks off on purpose.', 'server_error', 'server_error'),
  status: {
    401: {
      status: 401,
      body: errorBody('The key is refused on purpose.', 'authentication_error', 'invalid_api_key'),
    },
    429: {
      status: 429,
      headers: { 'retry-after': '1' },
      body: errorBody('Too many requests, on purpose.', 'rate_limit_error', 'rate_limit_exceeded'),
    },
    500: { status: 500, body: errorBody('The template writer fails on purpose.', 'server_error') },
    502: {
      status: 502,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<!doctype html><html lang="en"><title>502 Bad Gateway</title><h1>Bad Gateway</h1></html>\n',
    },
  },
} satisfies Record<string, unknown>

export function sendRefusal(reply: FastifyReply, { status, body, headers }: Refusal): FastifyReply {
  return reply
    .code(status)
    .headers(headers ?? {})
    .send(body)
}

function errorBody(message: string, type: string, code: string | null = null): object {
  return { error: { message, type, param: null, code } }
}
