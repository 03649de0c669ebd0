/** Every kind of failure that a person or a client can meet, with its details. The API maps each to codes in one table. */
export type ErrorKind =
  | 'invalid_input'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'in_progress'
  | 'insufficient_tokens'
  | 'limit_reached'
  | 'too_many_requests'
  | 'payload_too_large'
  | 'gate_refused'
  | 'model_unavailable'
  | 'unavailable'
  | 'internal'

export type ErrorDetails = Record<string, string | number | boolean | readonly string[]>

/**
 * A failure with a message for people: what happened and the next step, in plain words, safe to show.
 * `retryAfterSeconds` is sent as Retry-After where the kind is a matter of time.
 */
export class DomainError extends Error {
  readonly kind: ErrorKind
  readonly details: ErrorDetails
  readonly retryAfterSeconds: number | undefined

  constructor(
    kind: ErrorKind,
    message: string,
    options: { details?: ErrorDetails; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'DomainError'
    this.kind = kind
    this.details = options.details ?? {}
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
