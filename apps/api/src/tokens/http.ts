import { Readable } from 'node:stream'
import { historyFilterInput } from '@tallyforge/core/inputs/tokens'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { enterOrg, readOrgQuery } from '../http/access.ts'
import type { Position } from '../paging.ts'
import { readEntries } from './history.ts'
import { writeCsv } from './history-csv.ts'

/** Entries of one short transaction. */
const batchSize = 500

/** The history as a file, with the filters and in the order of `tokens.history`. */
export function registerHistoryExport(app: FastifyInstance, deps: Deps): void {
  const policy = { kind: 'org', permission: 'tokens.read' } as const
  app.get(
    '/api/tokens/history.csv',
    // HEAD would read the whole history to throw it away.
    { config: { policy }, exposeHeadRoute: false },
    async (request, reply) => {
      const org = await enterOrg(deps, request, reply, policy.permission)
      const filter = readOrgQuery(historyFilterInput, request)
      const read = (after: Position | null) =>
        deps.db.withOrg(org, (tx) => readEntries(tx, filter, { after, limit: batchSize }))
      const first = await read(null)
      const lines = writeCsv(first, async (after) => {
        // Whoever lost the right meanwhile gets no more of it: the file breaks off, and the browser says so.
        await org.mustStay()
        return read(after)
      })
      const day = deps.clock().toISOString().slice(0, 10)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="token-history-${day}.csv"`)
        .header('cache-control', 'private, no-store')
        .send(Readable.from(lines))
    },
  )
}
