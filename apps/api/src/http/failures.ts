import type { Socket } from 'node:net'
import type { ErrorKind } from '@tallyforge/core/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { levelOf, statusOf, toDomainError } from '../errors.ts'

/** Every refusal outside of tRPC has this one shape. */
function body(kind: ErrorKind, message: string, requestId: string | null, details = {}) {
  return { error: { kind, message, details, requestId } }
}

/** Answers whatever a hook or raw route throws, and addresses that lead nowhere. */
export function answerFailures(app: FastifyInstance): void {
  app.setErrorHandler(answer)
  app.setNotFoundHandler((request, reply) =>
    reply.status(404).send(body('not_found', 'There is nothing at this address.', request.id)),
  )
}

function answer(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const known = toDomainError(error)
  request.log[levelOf(known.kind)](
    { err: known.kind === 'internal' ? error : undefined, kind: known.kind },
    'request refused',
  )
  if (known.retryAfterSeconds !== undefined) reply.header('retry-after', known.retryAfterSeconds)
  return reply.status(statusOf(known.kind)).send(body(known.kind, known.message, request.id, known.details))
}

/** The headers of answers that are given before any hook runs. Nothing may be loaded by, or framed in, a refusal. */
const bareHeaders = {
  'content-type': 'application/json; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const

/** Addresses that cannot be decoded or are too long: Fastify's own answer would repeat them and has no headers. */
export function refuseAddress(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  reply
    .status(400)
    .headers(bareHeaders)
    .send(body('invalid_input', 'This address is not valid.', request.id))
}

/** What is no HTTP at all, has headers that are too large, or comes too slowly: refused on the bare connection. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, message } = unreadable[error.code ?? ''] ?? {
    status: '400 Bad Request',
    message: 'This is not valid HTTP.',
  }
  const text = JSON.stringify(body('invalid_input', message, null))
  const headers = { ...bareHeaders, 'content-length': String(Buffer.byteLength(text)), connection: 'close' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('\r\n')}\r\n\r\n${text}`)
}

const unreadable: Record<string, { status: string; message: string }> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    message: 'The headers are too large: delete the cookies of this site and try again.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    message: 'The request came too slowly. Send it again.',
  },
}
