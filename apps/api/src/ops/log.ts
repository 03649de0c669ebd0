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

/** An error for the log: its name, code and stack. Database errors carry the row in `detail`, so only chosen parts pass. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error ? String(error.code) : undefined
  // Drizzle puts the query and its parameters into the message: the cause says what happened.
  const isQuery = error.message.startsWith('Failed query')
  return {
    type: error.name,
    code,
    message: isQuery ? 'a query failed' : error.message,
    stack: isQuery ? undefined : error.stack,
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  }
}
