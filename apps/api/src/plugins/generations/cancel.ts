import { DomainError } from '@tallyforge/core/errors'
import { generations } from '@tallyforge/db/schema'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Context, OrgContext } from '../../trpc.ts'
import { finishGeneration } from './finish.ts'
import { notify } from './hub.ts'
import { readGeneration } from './read.ts'

/**
 * Stops a generation. One that waits ends here; one that runs is told to stop, wherever it runs, and what its calls used
 * so far is charged. Canceling one that has ended changes nothing. @throws not_found
 */
export async function cancelGeneration(ctx: Context & { org: OrgContext }, generationId: string) {
  const { id: orgId } = ctx.org
  await ctx.org.tx(async (tx) => {
    const [generation] = await tx
      .select()
      .from(generations)
      .where(eq(generations.id, generationId))
      .for('update')
    if (generation === undefined) throw new DomainError('not_found', 'This generation does not exist.')
    if (generation.finishedAt !== null) return
    if (generation.state === 'queued') {
      await finishGeneration(
        tx,
        generation,
        { state: 'canceled', failure: null, calls: [], files: new Map(), steps: [], build: null },
        null,
      )
      return
    }
    await tx
      .update(generations)
      .set({ cancelRequestedAt: sql`now()` })
      .where(and(eq(generations.id, generationId), isNull(generations.cancelRequestedAt)))
    await notify(tx, { kind: 'cancel', orgId, generationId })
  })
  return ctx.org.tx((tx) => readGeneration(tx, generationId))
}
