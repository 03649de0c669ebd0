import { DomainError, type ErrorKind } from '@tallyforge/core/errors'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'

type TrpcCode = TRPCError['code']
type Mapping = { trpc: TrpcCode; status: number; level: 'info' | 'warn' | 'error' }

/** The only mapping of failures: kind → tRPC code, HTTP status, log level. */
const mappings: Record<ErrorKind, Mapping> = {
  invalid_input: { trpc: 'BAD_REQUEST', status: 400, level: 'info' },
  unauthenticated: { trpc: 'UNAUTHORIZED', status: 401, level: 'info' },
  insufficient_tokens: { trpc: 'PAYMENT_REQUIRED', status: 402, level: 'info' },
  forbidden: { trpc: 'FORBIDDEN', status: 403, level: 'info' },
  not_found: { trpc: 'NOT_FOUND', status: 404, level: 'info' },
  conflict: { trpc: 'CONFLICT', status: 409, level: 'info' },
  in_progress: { trpc: 'CONFLICT', status: 409, level: 'info' },
  payload_too_large: { trpc: 'PAYLOAD_TOO_LARGE', status: 413, level: 'info' },
  gate_refused: { trpc: 'UNPROCESSABLE_CONTENT', status: 422, level: 'info' },
  limit_reached: { trpc: 'TOO_MANY_REQUESTS', status: 429, level: 'info' },
  too_many_requests: { trpc: 'TOO_MANY_REQUESTS', status: 429, level: 'info' },
  model_unavailable: { trpc: 'BAD_GATEWAY', status: 502, level: 'warn' },
  unavailable: { trpc: 'SERVICE_UNAVAILABLE', status: 503, level: 'warn' },
  internal: { trpc: 'INTERNAL_SERVER_ERROR', status: 500, level: 'error' },
}

export const statusOf = (kind: ErrorKind): number => mappings[kind].status
export const levelOf = (kind: ErrorKind): Mapping['level'] => mappings[kind].level

/** What tRPC itself refuses, before or beside a procedure. */
const kindOfTrpcCode: Partial<Record<TrpcCode, ErrorKind>> = {
  PARSE_ERROR: 'invalid_input',
  BAD_REQUEST: 'invalid_input',
  NOT_FOUND: 'not_found',
  METHOD_NOT_SUPPORTED: 'invalid_input',
  UNSUPPORTED_MEDIA_TYPE: 'invalid_input',
  PAYLOAD_TOO_LARGE: 'payload_too_large',
  CLIENT_CLOSED_REQUEST: 'unavailable',
}

const wordsOfTrpcCode: Partial<Record<TrpcCode, string>> = {
  NOT_FOUND: 'There is no such procedure.',
  METHOD_NOT_SUPPORTED: 'Use GET for queries and POST for mutations.',
  UNSUPPORTED_MEDIA_TYPE: 'Send JSON (content-type: application/json).',
}

/**
 * Turns whatever was thrown into what may be shown. Unknown faults become `internal`, without their words: also a
 * ZodError that is not of an input, because then it is our own rows or answers that have not the shape we expect.
 */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  if (error instanceof TRPCError) return fromTrpc(error)
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status === 413) return new DomainError('payload_too_large', 'This is too large.', { cause: error })
  if (status >= 400 && status < 500)
    return new DomainError('invalid_input', 'The request is not valid.', { cause: error })
  return (
    fromDatabase(error) ??
    new DomainError(
      'internal',
      'Something broke on our side. Try again; if it stays, give the operator the request id.',
      { cause: error },
    )
  )
}

export function toTrpcError(error: unknown): TRPCError {
  const known = toDomainError(error)
  return new TRPCError({ code: mappings[known.kind].trpc, message: known.message, cause: known })
}

function fromTrpc(error: TRPCError): DomainError {
  // Input validation and DomainErrors arrive as the cause; what has none is tRPC's own refusal.
  if (error.code === 'BAD_REQUEST' && error.cause instanceof z.ZodError) return invalidInput(error.cause)
  const kind = kindOfTrpcCode[error.code]
  if (kind !== undefined && !(error.cause instanceof DomainError)) {
    return new DomainError(kind, wordsOfTrpcCode[error.code] ?? 'The request is not valid.', { cause: error })
  }
  return toDomainError(error.cause ?? new Error(error.message))
}

function invalidInput(error: z.ZodError): DomainError {
  return new DomainError('invalid_input', error.issues[0]?.message ?? 'The input is not valid.', {
    cause: error,
  })
}

/**
 * Connections that died or are refused (by the system, by the server, by its sign-in), shutting down, too many clients,
 * a standby that cannot write, timeouts: all mean "try again".
 */
const unavailableCode =
  /^(CONNECTION_|CONNECT_|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST|ENET|08|28|3D000|53|55000|55P03|57P0|57014|25006|25P0[34]|40P01|40001)/

function fromDatabase(error: unknown): DomainError | null {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : ''
    if (unavailableCode.test(code)) {
      return new DomainError(
        'unavailable',
        'The database does not answer right now. Try again in a moment.',
        {
          retryAfterSeconds: 2,
          cause: error,
        },
      )
    }
    // Text that PostgreSQL cannot store (NUL, broken UTF-8): the caller's input.
    if (code === '22021' || code === '22P05')
      return new DomainError('invalid_input', 'Remove control characters from the text.', { cause: error })
  }
  return null
}
