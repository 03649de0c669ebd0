import underPressure from '@fastify/under-pressure'
import { DomainError } from '@tallyforge/core/errors'
import type { FastifyInstance } from 'fastify'

/**
 * Refuses requests with 503 while the event loop runs late, so that what was accepted is finished. A route answers all
 * the same when its config has `pressureHandler: () => undefined`.
 */
export async function shedLoad(app: FastifyInstance, options: { maxDelayMs: number }): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: options.maxDelayMs,
    // The plugin goes on with the request unless its handler's promise is rejected.
    pressureHandler: async (request, _reply, type) => {
      request.log.warn({ type }, 'shedding load')
      throw new DomainError('unavailable', 'Too much is going on right now. Try again in a moment.', {
        retryAfterSeconds: 2,
      })
    },
  })
}
