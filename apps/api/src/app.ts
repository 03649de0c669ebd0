import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Deps } from './deps.ts'
import { levelOf, toDomainError } from './errors.ts'
import { largestBody, limitBody } from './http/body-limits.ts'
import { createContext } from './http/context.ts'
import { refuseForeignOrigins } from './http/csrf.ts'
import { answerFailures, refuseAddress, refuseConnection } from './http/failures.ts'
import { requirePolicies } from './http/policy.ts'
import { shedLoad } from './http/pressure.ts'
import { knownName, procedureNames, refuseEncodedNames } from './http/procedure-names.ts'
import { endStreamsFirst } from './http/streams.ts'
import { registerHealth } from './ops/health.ts'
import { registerMetrics } from './ops/metrics.ts'
import { serveWeb } from './ops/web.ts'
import { registerDownloads } from './plugins/http.ts'
import { type AppRouter, appRouter } from './router.ts'
import { registerHistoryExport } from './tokens/http.ts'

/** Builds the whole HTTP application, surface by surface: the table of contents of the API. Does not listen. */
export async function buildApp(deps: Deps): Promise<FastifyInstance> {
  const { env } = deps
  const proxies = env.TRUST_PROXY.split(',').flatMap((address) => address.trim() || [])
  const app: FastifyInstance = Fastify({
    // Typed as Fastify's own logger: the instance type would otherwise carry pino's everywhere.
    loggerInstance: deps.log as FastifyBaseLogger,
    // One line a request is written below, with the procedure's name and without addresses or queries.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => crypto.randomUUID(),
    trustProxy: proxies.length > 0 ? proxies : false,
    bodyLimit: largestBody,
    requestTimeout: 30_000,
    // A stream that its client does not read must not keep the server from closing; the others have ended by then.
    forceCloseConnections: true,
    // Batched paths carry up to ten procedure names.
    routerOptions: { maxParamLength: 5_000 },
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseConnection,
  })

  app.removeContentTypeParser('text/plain')
  requirePolicies(app)
  answerFailures(app)

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
  await shedLoad(app, { maxDelayMs: 2_000 })

  app.addHook('onRequest', refuseForeignOrigins(env))
  app.addHook('onRequest', limitBody)
  app.addHook('onRequest', refuseEncodedNames)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })

  registerMetrics(app, deps)
  registerHealth(app, deps)
  registerDownloads(app, deps)
  registerHistoryExport(app, deps)
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
        // Answers belong to one person: no cache between us may keep them.
        const headers = new Headers({ 'cache-control': 'no-store' })
        if (wait > 0) headers.set('retry-after', String(wait))
        return { headers }
      },
      onError: ({ error, path, type, ctx }) => {
        const known = toDomainError(error)
        const fields = { kind: known.kind, procedure: knownName(path ?? ''), type, requestId: ctx?.requestId }
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
        procedures: procedureNames(request),
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })
  endStreamsFirst(app, deps)
  return app
}
