import { readError } from '@tallyforge/client/errors'
import { DomainError } from '@tallyforge/core/errors'
import { type ExitCode, exitCodes } from './exit-codes.ts'

/** A run that ends early with words for people: what happened and the next step. */
export class CliError extends Error {
  readonly exitCode: ExitCode
  constructor(message: string, exitCode: ExitCode = exitCodes.failed, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CliError'
    this.exitCode = exitCode
  }
}

/** The end that a call's error stands for. What is no answer of the server and none of ours is a fault: it is thrown on. */
export function toCliError(error: unknown): CliError {
  if (error instanceof CliError) return error
  // What the client refuses to do with an answer.
  if (error instanceof DomainError) return new CliError(error.message, exitCodes.failed, { cause: error })
  if (!(error instanceof Error) || error.name !== 'TRPCClientError') throw error
  const { kind, message, fields } = readError(error)
  switch (kind) {
    case 'unauthenticated':
      return new CliError('You are not signed in. Run: tf login', exitCodes.signedOut, { cause: error })
    case 'offline':
      return new CliError(
        'The server does not answer. Check --server and your connection.',
        exitCodes.noServer,
        {
          cause: error,
        },
      )
    case 'unavailable':
      return new CliError(message, exitCodes.noServer, { cause: error })
    case 'insufficient_tokens':
      return new CliError(message, exitCodes.insufficientTokens, { cause: error })
    case 'invalid_input': {
      const named = Object.entries(fields).map(([field, text]) => `${field}: ${text}`)
      return new CliError(named.length > 0 ? named.join('\n') : message, exitCodes.failed, { cause: error })
    }
    default:
      return new CliError(message, exitCodes.failed, { cause: error })
  }
}
