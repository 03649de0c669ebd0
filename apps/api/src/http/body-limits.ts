import { DomainError } from '@tallyforge/core/errors'
import type { FastifyRequest } from 'fastify'

const ordinaryBody = 64 * 1024
/** A prompt of 20,000 code points in UTF-8, escaped, with room to spare. */
const promptBody = 256 * 1024
/** A hand edit: every file of a plugin at its limit, escaped. */
export const largestBody = 12 * 1024 * 1024

/** Bodies above the ordinary limit, by procedure. A batch is never large: it gets the ordinary limit. */
const limits: Record<string, number> = {
  '/trpc/plugins.generate': promptBody,
  '/trpc/plugins.quote': promptBody,
  '/trpc/plugins.save': largestBody,
}

/**
 * Refuses a body by its stated length before any of it is read. The length must be stated: without it a stranger could
 * make the server read up to the largest limit for any procedure.
 * @throws payload_too_large, invalid_input
 */
export async function limitBody(request: FastifyRequest): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD') return
  if (request.headers['transfer-encoding'] !== undefined) {
    throw new DomainError('invalid_input', 'State the length of the body (content-length).')
  }
  const path = request.url.split('?')[0] ?? ''
  const limit = limits[path] ?? ordinaryBody
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    throw new DomainError('payload_too_large', `This is too large: at most ${Math.floor(limit / 1024)} KB.`)
  }
}
