import { DomainError } from '@tallyforge/core/errors'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { findRole } from '../orgs/memberships.ts'
import { buildDownload, readDownloadToken } from './downloads.ts'

/** The router gives the token as text, of any length up to its own limit. */
const params = z.object({ token: z.string() })

/** Downloads: the link is the right, but only as long as the person who asked for it is still a member. */
export function registerDownloads(app: FastifyInstance, deps: Deps): void {
  app.get('/files/:token', { config: { policy: { kind: 'signed-link' } } }, async (request, reply) => {
    const { token } = params.parse(request.params)
    const claims = readDownloadToken(token, deps.env.SECRET_KEY, deps.clock())
    const role = await findRole(deps.db, claims)
    if (role === null)
      throw new DomainError('not_found', 'This download link has expired. Ask for a new one in the plugin.')
    const { bytes, fileName } = await deps.db.withOrg(claims, (tx) => buildDownload(tx, claims))
    return (
      reply
        .header('content-type', claims.kind === 'vsix' ? 'application/vsix' : 'application/zip')
        // The name is a slug of ours: nothing in it needs escaping.
        .header('content-disposition', `attachment; filename="${fileName}"`)
        .header('cache-control', 'private, no-store')
        .send(Buffer.from(bytes))
    )
  })
}
