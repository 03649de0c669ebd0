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
  await migrate({ url: env.DATABASE_URL, secretKey: env.SECRET_KEY })
  const { deps, close } = await buildDeps(env, log)
  const app = await buildApp(deps)
  await app.listen({ host: env.HOST, port: env.PORT })
  deps.engine.start()
  stopOnSignal(app, close)
  log.info({ port: env.PORT, models: deps.models.ids }, 'listening')
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

/** One clear line with the fix, and exit code 1. */
function explain(error: unknown): string {
  if (error instanceof EnvNotUsable) return error.message
  if (error instanceof DatabaseNotUsable) return `${error.message}\n  fix: ${error.fix}`
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE')
    return 'The port of the API is taken.\n  fix: stop what holds it, or set PORT to another one'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})
