import { timingSafeEqual } from 'node:crypto'
import { DomainError } from '@tallyforge/core/errors'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Deps } from '../deps.ts'

/** Prometheus metrics: the process's own, and every request by route and status. No ids, no addresses. */
export function registerMetrics(app: FastifyInstance, deps: Deps): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000)
  })
  app.get('/metrics', { config: { policy: { kind: 'metrics' } } }, async (request, reply) => {
    requireReader(request, deps.env)
    return reply.header('content-type', registry.contentType).send(await registry.metrics())
  })
}

/**
 * With METRICS_TOKEN its bearer; without, only this machine, and in production nobody: a proxy on this machine that adds no
 * header cannot be told from somebody at it.
 */
function requireReader(request: FastifyRequest, { METRICS_TOKEN: token, NODE_ENV }: Deps['env']): void {
  if (token === undefined && NODE_ENV === 'production')
    throw new DomainError('forbidden', 'Set METRICS_TOKEN and send it as a bearer token to read the metrics.')
  const isAllowed =
    token === undefined ? isFromHere(request) : isSame(request.headers.authorization ?? '', `Bearer ${token}`)
  if (!isAllowed)
    throw new DomainError('forbidden', 'Send METRICS_TOKEN as a bearer token to read the metrics.')
}

/** A reverse proxy on this machine speaks for the whole world: what it forwards does not come from here. */
function isFromHere({ raw, headers }: FastifyRequest): boolean {
  const isForwarded = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'].some((name) => name in headers)
  return !isForwarded && isLoopback(raw.socket.remoteAddress ?? '')
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || ip.replace(/^::ffff:/, '').startsWith('127.')
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
