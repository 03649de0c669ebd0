import { DomainError } from '@tallyforge/core/errors'
import type { FastifyRequest } from 'fastify'
import { bearerOf } from '../auth/sessions.ts'
import type { Env } from '../env.ts'

/**
 * Refuses what another site could make a signed-in browser send: every request that is not a read must come from our own
 * origin, by Sec-Fetch-Site where the browser sends it, else by an exact Origin. With JSON as the only accepted body,
 * a form of another site has no way left. Reads change nothing and answers carry no CORS header.
 */
export function refuseForeignOrigins(env: Env) {
  const ownOrigin = new URL(env.PUBLIC_URL).origin
  return async (request: FastifyRequest): Promise<void> => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    if (carriesNoCookie(request)) return requireJson(request)
    const site = request.headers['sec-fetch-site']
    const isOwn = site === undefined ? request.headers.origin === ownOrigin : site === 'same-origin'
    if (!isOwn) {
      throw new DomainError(
        'forbidden',
        `Send this from ${ownOrigin} (Sec-Fetch-Site same-origin, or that Origin).`,
      )
    }
    requireJson(request)
  }
}

/**
 * What no browser was made to send. With a bearer no cookie counts, and another site may not send one: its preflight is
 * refused. And a browser that posts always says where from, so what says nothing and has no cookie is a device.
 */
function carriesNoCookie({ headers }: FastifyRequest): boolean {
  if (bearerOf(headers) !== null) return true
  return (
    headers.cookie === undefined && headers.origin === undefined && headers['sec-fetch-site'] === undefined
  )
}

function requireJson(request: FastifyRequest): void {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new DomainError('invalid_input', 'Send JSON (content-type: application/json).')
  }
}
