import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { type Env, EnvNotUsable } from '../env.ts'

/** Serves the built web app when WEB_FOLDER names one: hashed assets for a year, every other page is index.html. */
export async function serveWeb(app: FastifyInstance, env: Env): Promise<void> {
  if (env.WEB_FOLDER === undefined) return
  const root = resolve(env.WEB_FOLDER)
  if (!existsSync(join(root, 'index.html'))) {
    throw new EnvNotUsable(`WEB_FOLDER: ${root} has no index.html; build the web app, or unset it`)
  }
  await app.register(async (web) => {
    // One route for each file that is there now: no address is ever turned into a path.
    web.addHook('onRoute', (route) => {
      route.config = { ...route.config, policy: { kind: 'open' } }
    })
    await web.register(fastifyStatic, {
      root,
      wildcard: false,
      index: false,
      setHeaders: (reply, path) => {
        const isHashed = path.includes('/assets/')
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
    // The app's own pages; addresses of the API keep their 404.
    web.get('/*', (request, reply) => {
      const isApi = /^\/(trpc|v1|api|files|auth|assets)(\/|\?|$)/.test(request.url)
      return isApi ? reply.callNotFound() : reply.header('cache-control', 'no-cache').sendFile('index.html')
    })
  })
}
