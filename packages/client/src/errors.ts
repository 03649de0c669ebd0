import type { ErrorDetails, ErrorKind } from '@tallyforge/core/errors'
import { TRPCClientError } from '@trpc/client'

/** What went wrong, for people and for code: switch on `kind`, show `message`. `offline`: no answer came at all. */
export type ReadableError = {
  kind: ErrorKind | 'offline'
  message: string
  details: ErrorDetails
  /** First message per input field. */
  fields: Record<string, string>
  requestId: string | null
  retryAfterSeconds: number | null
}

type ErrorData = Partial<Omit<ReadableError, 'message'>>

/** Reads any thrown value of a call into one shape. */
export function readError(error: unknown): ReadableError {
  const data = error instanceof TRPCClientError ? (error.data as ErrorData | null) : null
  if (error instanceof TRPCClientError && data?.kind) {
    return {
      kind: data.kind,
      message: error.message,
      details: data.details ?? {},
      fields: data.fields ?? {},
      requestId: data.requestId ?? null,
      retryAfterSeconds: data.retryAfterSeconds ?? null,
    }
  }
  return {
    kind: 'offline',
    message: 'The server does not answer. Check your connection; we keep trying.',
    details: {},
    fields: {},
    requestId: null,
    retryAfterSeconds: null,
  }
}
