/** Who may call a raw route. Every one declares its own; a test walks the routes and fails on one without. */
export type RoutePolicy = {
  kind:
    | 'open'
    /** The link's signature and the signer's membership are the right. */
    | 'signed-link'
    /** METRICS_TOKEN, or this machine. */
    | 'metrics'
}

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: RoutePolicy
  }
}
