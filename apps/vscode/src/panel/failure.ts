import type { AppRouter } from '@tallyforge/client/client'
import type { ReadableError } from '@tallyforge/client/errors'
import { TRPCClientError } from '@trpc/client'

/** JSON-RPC wants a number; whoever reads the error looks at its kind. */
const internalError = -32603

/** An error of the host as a call throws it: `readError` reads the same error out of it again. */
export function failureOf({ message, ...data }: ReadableError): TRPCClientError<AppRouter> {
  return TRPCClientError.from<AppRouter>({ error: { message, code: internalError, data } })
}
