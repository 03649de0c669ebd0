import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'

/** What a client that has stopped reading may cost a stop; generations that run need the rest of its time. */
const longestSeconds = 2

/**
 * Ends open streams before the server closes: each gets its last bytes and an orderly end, after which its client comes back
 * by itself with its last event id. Without this their connections would be cut in the middle of a message.
 */
export function endStreamsFirst(app: FastifyInstance, { hub, env }: Pick<Deps, 'hub' | 'env'>): void {
  const open = new Set<Promise<void>>()
  app.addHook('onSend', async (_request, reply, payload) => {
    // tRPC's own answer: its headers are on the reply only after this hook.
    const type = payload instanceof Response ? payload.headers.get('content-type') : null
    if (type !== 'text/event-stream') return
    const over = new Promise<void>((resolve) => reply.raw.once('close', () => resolve()))
    open.add(over)
    over.then(() => open.delete(over))
  })
  app.addHook('preClose', async () => {
    hub.close()
    const longestMs = Math.min(longestSeconds, env.SHUTDOWN_SECONDS) * 1_000
    await Promise.race([Promise.all(open), sleep(longestMs, undefined, { ref: false })])
  })
}
