import { pino } from 'pino'
import type { Env } from '../env.ts'

/** Structured lines without personal data: what could carry any is cut by name, wherever it stands. */
export function createLog(env: Pick<Env, 'LOG_LEVEL'>) {
  return pino({
    level: env.LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['email', 'password', 'cookie', 'authorization', 'prompt'].flatMap((name) => [
        name,
        `*.${name}`,
      ]),
      censor: '[cut]',
    },
    serializers: {
      err: describeError,
    },
  })
}

/**
 * An error for the log: its name, code and place. Messages may repeat what people wrote: Drizzle's hold the query's
 * parameters, PostgreSQL's the value it could not take (classes 22 and 23), parsers' the text they stumbled over. Those
 * are left out; code, constraint and stack say what happened. `detail` and `where` never pass.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error ? String(error.code) : undefined
  const isTelling =
    !error.message.startsWith('Failed query') && !/^2[23]/.test(code ?? '') && !(error instanceof SyntaxError)
  return {
    type: error.name,
    code,
    constraint: 'constraint_name' in error ? String(error.constraint_name) : undefined,
    message: isTelling ? error.message : undefined,
    stack: isTelling ? error.stack : placesOf(error),
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  }
}

/** A stack without the message that it begins with. */
function placesOf({ stack = '', message }: Error): string | undefined {
  const start = stack.indexOf(message)
  return start < 0 ? undefined : stack.slice(start + message.length).trimStart()
}
