import { type ReadableError, readError } from '@tallyforge/client/errors'
import { DomainError, type ErrorKind } from '@tallyforge/core/errors'
import { TRPCClientError } from '@trpc/client'

/** Reads whatever failed in the extension into the shape that people and the panel understand. */
export function readFailure(error: unknown): ReadableError {
  if (error instanceof DomainError) {
    const { kind, message, details, retryAfterSeconds } = error
    return { ...nothingMore, kind, message, details, retryAfterSeconds: retryAfterSeconds ?? null }
  }
  if (error instanceof TRPCClientError) {
    const refusal = error.data?.kind === undefined ? refusals[statusOf(error)] : undefined
    return refusal === undefined ? readError(error) : { ...nothingMore, ...refusal }
  }
  return {
    ...nothingMore,
    kind: 'internal',
    message: 'Something broke in the extension. Its output channel says more; try again.',
  }
}

const nothingMore = { details: {}, fields: {}, requestId: null, retryAfterSeconds: null }

/** A stream that is refused at its start says so by its status alone. */
const refusals: Record<number, { kind: ErrorKind; message: string }> = {
  400: { kind: 'invalid_input', message: 'The server did not understand the request. Update the extension.' },
  401: { kind: 'unauthenticated', message: 'Sign in again to go on.' },
  403: { kind: 'forbidden', message: 'You may not see this. Ask an owner of the organization.' },
  404: { kind: 'not_found', message: 'This does not exist, or not any more.' },
}

function statusOf(error: TRPCClientError<never>): number {
  const { cause } = error
  return typeof cause === 'object' && 'code' in cause && typeof cause.code === 'number' ? cause.code : 0
}
