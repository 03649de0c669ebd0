import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import underPressure from '@fastify/under-pressure'
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Deps } from './deps.ts'
import { levelOf, statusOf, toDomainError } from './errors.ts'
import { largestBody, limitBody } from './http/body-limits.ts'
import { createContext } from './http/context.ts'
import { refuseForeignOrigins } from './http/csrf.ts'
import type {} from './http/policy.ts'
import { registerHealth } from './ops/health.ts'
import { registerMetrics } from './ops/metrics.ts'
import { serveWeb } from './ops/web.ts'
import { registerDownloads } from './plugins/http.ts'
import { type AppRouter, appRouter } from './router.ts'

/** Builds the whole HTTP application, surface by surface: the table of contents of the API. Does not listen. */
export async function buildApp(deps: Deps): Promise<FastifyInstance> {
  const { env } = deps
  const app: FastifyInstance = Fastify({
    // Typed as Fastify's own logger: the instance type would otherwise carry pino's everywhere.
    loggerInstance: deps.log as FastifyBaseLogger,
    // One line a request is written below, with the procedure's name and without addresses or queries.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => crypto.randomUUID(),
    trustProxy: env.TRUST_PROXY === '' ? false : env.TRUST_PROXY.split(',').map((address) => address.trim()),
    bodyLimit: largestBody,
    requestTimeout: 30_000,
    // A stream that is open must not keep the server from closing; the hub ends them first.
    forceCloseConnections: true,
    // Batched paths carry up to ten procedure names.
    routerOptions: { maxParamLength: 5_000 },
  })

  app.removeContentTypeParser('text/plain')
  app.setErrorHandler((error, request, reply) => {
    const known = toDomainError(error)
    request.log[levelOf(known.kind)](
      { err: known.kind === 'internal' ? error : undefined, kind: known.kind },
      'request refused',
    )
    if (known.retryAfterSeconds !== undefined) reply.header('retry-after', known.retryAfterSeconds)
    return reply.status(statusOf(known.kind)).send({
      error: { kind: known.kind, message: known.message, details: known.details, requestId: request.id },
    })
  })
  app.setNotFoundHandler((request, reply) =>
    reply.status(404).send({
      error: {
        kind: 'not_found',
        message: 'There is nothing at this address.',
        details: {},
        requestId: request.id,
      },
    }),
  )

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: env.PUBLIC_URL.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  })
  await app.register(cookie)
  await app.register(compress, { threshold: 1_024 })
  await app.register(underPressure, {
    maxEventLoopDelay: 2_000,
    retryAfter: 2,
    pressureHandler: (_request, _reply, type) => {
      deps.log.warn({ type }, 'shedding load')
    },
  })

  app.addHook('onRequest', refuseForeignOrigins(env))
  app.addHook('onRequest', limitBody)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })

  registerMetrics(app, deps)
  registerHealth(app, deps)
  registerDownloads(app, deps)
  await app.register(fastifyTRPCPlugin, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      createContext: createContext(deps),
      maxBatchSize: 10,
      // A query whose input is too long for an address (plugins.quote) comes by POST.
      allowMethodOverride: true,
      responseMeta: ({ errors }) => {
        const wait = errors
          .map((error) => toDomainError(error).retryAfterSeconds ?? 0)
          .reduce((a, b) => Math.max(a, b), 0)
        return wait > 0 ? { headers: new Headers({ 'retry-after': String(wait) }) } : {}
      },
      onError: ({ error, path, type, ctx }) => {
        const known = toDomainError(error)
        const fields = { kind: known.kind, path, type, requestId: ctx?.requestId }
        deps.log[levelOf(known.kind)](
          known.kind === 'internal' ? { ...fields, err: error.cause ?? error } : fields,
          'procedure refused',
        )
      },
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>)
  await serveWeb(app, env)

  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        procedures: procedureNames(request.url),
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })
  app.addHook('preClose', async () => deps.hub.close())
  return app
}

/** The procedures of a tRPC request, from its path: names of ours, never input. */
function procedureNames(url: string): string | undefined {
  const path = url.split('?')[0] ?? ''
  return path.startsWith('/trpc/')
    ? path.slice('/trpc/'.length, 300).replaceAll(/[^A-Za-z.,]/g, '')
    : undefined
}
