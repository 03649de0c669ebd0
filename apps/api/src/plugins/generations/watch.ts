import { fromPublicId, toPublicId } from '@tallyforge/core/ids'
import type { watchInput } from '@tallyforge/core/inputs/plugins'
import { isFinal } from '@tallyforge/core/plugins/states'
import { generationEvents } from '@tallyforge/db/schema'
import { tracked } from '@trpc/server'
import { and, asc, eq, gt } from 'drizzle-orm'
import type { z } from 'zod'
import { toTrpcError } from '../../errors.ts'
import { readBalance } from '../../tokens/balance.ts'
import type { Context, OrgContext } from '../../trpc.ts'
import { readPlugin } from '../plugins.ts'
import { generationEventShape, type WatchMessage } from '../shapes.ts'
import type { Notice } from './hub.ts'
import { type Position, readPosition } from './position.ts'
import { listRunning } from './read.ts'
import { withoutStrays } from './strays.ts'

type Input = z.output<typeof watchInput>
type Ctx = Context & { org: OrgContext }

/**
 * The one subscription of a page. First a snapshot, then stored events of the plugin's generations, changes of state and
 * the balance, as they happen. `lastEventId` says what the client has, so that a reconnection repeats nothing: it is the
 * list of watched generations with the seq of their last event. Ends when the client leaves, the server closes, the
 * session ends, or the person is suspended or no longer a member: each is asked before anything more is shown, and when the
 * database says that one of them may be over.
 * @throws not_found; unauthenticated; too_many_requests.
 */
export function watch(ctx: Ctx, input: Input, signal: AbortSignal | undefined) {
  return withoutStrays(enter(ctx, input, signal))
}

async function* enter(ctx: Ctx, input: Input, signal: AbortSignal | undefined) {
  try {
    const leave = ctx.deps.watchers.enter(ctx.org.userId)
    try {
      yield* follow(ctx, input, signal)
    } finally {
      leave()
    }
  } catch (error) {
    // What a stream throws passes no procedure's translation, and would be a fault of ours that clients come back from.
    throw toTrpcError(error)
  }
  // A return would tell the client that there is nothing more: it is to come back, to whoever serves then.
  if (ctx.deps.hub.closing.aborted) throw new DOMException('The server is closing.', 'AbortError')
}

async function* follow(ctx: Ctx, input: Input, signal: AbortSignal | undefined) {
  const pluginId = input.pluginId ?? null
  const seen = readPosition(input.lastEventId)
  const inbox = createInbox(ctx, signal)
  try {
    const { running, ...rest } = await ctx.org.tx(async (tx) => ({
      balance: await readBalance(tx),
      running: await listRunning(tx, pluginId),
      plugin: pluginId === null ? null : await readPlugin(tx, pluginId),
    }))
    yield send({ type: 'snapshot', running, ...rest }, seen)
    if (pluginId !== null) for (const { id } of running) seen.start(id)

    while (true) {
      for (const generationId of seen.open()) yield* newEvents(ctx, generationId, seen)
      const notices = await inbox.next()
      if (notices === null) return
      const { credential } = ctx
      await ctx.deps.watchers.requireAllowed({ credential, orgId: ctx.org.id, userId: ctx.org.userId })
      // Notices may have been missed: look at everything as at the start, the events by their seq.
      if (notices.some((notice) => notice === null)) {
        const again = await ctx.org.tx((tx) => listRunning(tx, pluginId))
        if (pluginId !== null) for (const { id } of again) seen.start(id)
      }
      for (const notice of notices) {
        if (notice?.kind !== 'generation') continue
        const of = toPublicId('plugin', notice.pluginId)
        if (pluginId !== null && notice.pluginId !== pluginId) continue
        const generationId = toPublicId('generation', notice.generationId)
        if (pluginId !== null) {
          seen.start(generationId)
          // Its last events first: a client that refetches on the state must not wait for text.
          yield* newEvents(ctx, generationId, seen)
        }
        yield send({ type: 'generation', generationId, pluginId: of, state: notice.state }, seen)
      }
      const changed = notices.flatMap((notice) => (notice?.kind === 'plugin' ? [notice.pluginId] : []))
      for (const id of new Set(changed)) {
        if (pluginId !== null && id !== pluginId) continue
        yield send({ type: 'plugin', pluginId: toPublicId('plugin', id) }, seen)
      }
      if (notices.some((notice) => notice === null || notice.kind === 'balance')) {
        yield send({ type: 'balance', balance: await ctx.org.tx(readBalance) }, seen)
      }
    }
  } finally {
    inbox.close()
  }
}

function send(message: WatchMessage, seen: Position) {
  return tracked(seen.write(), message)
}

/** Stored events after the last seen one, in pages, so that a long generation never sits in memory whole. */
async function* newEvents(ctx: Ctx, publicId: string, seen: Position) {
  const generationId = fromPublicId('generation', publicId)
  if (generationId === null) return
  while (true) {
    const after = seen.of(publicId)
    if (after === null) return
    const rows = await ctx.org.tx((tx) =>
      tx
        .select()
        .from(generationEvents)
        .where(and(eq(generationEvents.generationId, generationId), gt(generationEvents.seq, after)))
        .orderBy(asc(generationEvents.seq))
        .limit(200),
    )
    for (const row of rows) {
      const event = generationEventShape.parse(row.event)
      seen.advance(publicId, row.seq, event.type === 'state' && isFinal(event.state))
      yield send({ type: 'event', generationId: publicId, seq: row.seq, at: row.at, event }, seen)
    }
    if (rows.length < 200) return
  }
}

/** Notices that wait to be handled. `next` answers all of them at once, or null when the watch is over. */
function createInbox(ctx: Ctx, signal: AbortSignal | undefined) {
  const waiting: (Notice | null)[] = []
  let wake: () => void = () => undefined
  const { hub } = ctx.deps
  const ends = [hub.closing, ...(signal ? [signal] : [])]
  const isOver = () => ends.some((each) => each.aborted)
  const take = (notice: Notice | null) => {
    waiting.push(notice)
    wake()
  }
  const ways = [hub.subscribe(ctx.org.id, take), hub.subscribe(ctx.org.userId, take)]
  const onEnd = () => wake()
  for (const each of ends) each.addEventListener('abort', onEnd)
  return {
    next: async (): Promise<(Notice | null)[] | null> => {
      if (waiting.length === 0 && !isOver()) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return isOver() ? null : waiting.splice(0)
    },
    close: () => {
      for (const leave of ways) leave()
      for (const each of ends) each.removeEventListener('abort', onEnd)
    },
  }
}
