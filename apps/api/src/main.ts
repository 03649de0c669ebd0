import { DomainError } from '@tallyforge/core/errors'
import { DatabaseNotUsable, migrate } from '@tallyforge/db/migrate'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { buildDeps } from './build-deps.ts'
import { EnvNotUsable, readEnv } from './env.ts'
import { createLog } from './ops/log.ts'

/** Starts the API: settings → database → application → listen; and stops it on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const env = readEnv()
  const log = createLog(env)
  await migrate({
    url: env.DATABASE_URL,
    secretKey: env.SECRET_KEY,
    mayReplaceKey: env.REPLACE_SECRET_KEY,
  })
  const { deps, close } = await buildDeps(env, log)
  const app = await buildApp(deps)
  await app.listen({ host: env.HOST, port: env.PORT })
  deps.engine.start()
  stopOnSignal(app, close)
  log.info({ port: env.PORT, models: deps.models.ids }, 'listening')
  if (deps.models.ids.length === 0) {
    log.warn(
      'no model is connected, so nobody can generate: set OPENROUTER_API_KEY, ANTHROPIC_API_KEY, OPENAI_API_KEY, XAI_API_KEY, OLLAMA_BASE_URL or OPENAI_COMPATIBLE_BASE_URL',
    )
  }
}

/** A terminal sends its signal to the whole group and a runner sends another: only the first one counts. */
function stopOnSignal(app: FastifyInstance, close: () => Promise<void>): void {
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    await app.close()
    await close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
}

/** Why the system refuses to listen, by its code. */
const listenFixes: Record<string, string> = {
  EADDRINUSE: 'The port of the API is taken.\n  fix: stop what holds it, or set PORT to another one',
  EACCES: 'This user may not listen on that port.\n  fix: set PORT to one above 1023',
  EADDRNOTAVAIL: 'HOST is no address of this machine.\n  fix: set HOST to 127.0.0.1, or 0.0.0.0 for all',
  ENOTFOUND: 'HOST is no address of this machine.\n  fix: set HOST to 127.0.0.1, or 0.0.0.0 for all',
}

/** One clear line with the fix, and exit code 1. A stack only for what nobody has foreseen. */
function explain(error: unknown): string {
  if (error instanceof EnvNotUsable) return error.message
  if (error instanceof DatabaseNotUsable) return `${error.message}\n  fix: ${error.fix}`
  if (error instanceof DomainError) return `${error.message}\n  fix: correct MODELS and MODEL_FALLBACK`
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'PostgresError')
    return `The database cannot be prepared: ${error.message}\n  fix: let DATABASE_URL sign in as an owner with CREATEROLE`
  const code = 'code' in error ? String(error.code) : ''
  return listenFixes[code] ?? error.stack ?? error.message
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})
