import type { Permission } from '@tallyforge/core/orgs/roles'
import type { FastifyInstance, RouteOptions } from 'fastify'

/** Who may call a raw route. Every one declares its own; a test walks the routes and fails on one without. */
export type RoutePolicy =
  | {
      kind:
        | 'open'
        /** The link's signature and the signer's membership are the right. */
        | 'signed-link'
        /** METRICS_TOKEN, or this machine. */
        | 'metrics'
    }
  /** A member of the org that the query names, whose role has the permission: see `enterOrg`. */
  | { kind: 'org'; permission: Permission }

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: RoutePolicy
  }
}

/** tRPC's one route, whose procedures carry their own policies. */
const procedures = '/trpc/:path'

/** Refuses to start with a raw route that does not say who may call it. Call it before any route is made. */
export function requirePolicies(app: FastifyInstance): void {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => {
    routes.push(route)
  })
  app.addHook('onReady', async () => {
    const open = routes.filter(({ url, config }) => url !== procedures && config?.policy === undefined)
    if (open.length > 0) {
      throw new Error(
        `routes without a policy: ${open.map(({ method, url }) => `${method} ${url}`).join(', ')}`,
      )
    }
  })
}
