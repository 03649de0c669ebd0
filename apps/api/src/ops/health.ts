import { oldestClient } from '@tallyforge/core/versions'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import manifest from '../../package.json' with { type: 'json' }
import type { Deps } from '../deps.ts'

/** For load balancers and people: alive, ready, which version. */
export function registerHealth(app: FastifyInstance, deps: Deps): void {
  const open = { config: { policy: { kind: 'open' } } } as const

  /** The process answers; says nothing of what it needs. A busy one answers too: killing it would help nobody. */
  const evenUnderPressure = { config: { ...open.config, pressureHandler: () => undefined } }
  app.get('/healthz', evenUnderPressure, async () => ({ status: 'ok' }))

  /** The database answers. 503 with Retry-After while it does not. */
  app.get('/readyz', open, async (_request, reply) => {
    try {
      await deps.db.service.execute(sql`select 1`)
      return { status: 'ready' }
    } catch (error) {
      deps.log.warn({ err: error }, 'not ready: the database does not answer')
      return reply
        .status(503)
        .header('retry-after', 2)
        .send({ status: 'unavailable', reason: 'The database does not answer.' })
    }
  })

  /** What clients ask before anything else: `packages/client` compares it with itself. */
  app.get('/v1/version', open, async () => ({
    name: 'tallyforge',
    version: manifest.version,
    oldestClient,
    node: process.version,
  }))
}
