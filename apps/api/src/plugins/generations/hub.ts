import { EventEmitter } from 'node:events'
import { generationStates } from '@tallyforge/core/plugins/states'
import type { Database } from '@tallyforge/db/client'
import type { OrgTx, ServiceTx } from '@tallyforge/db/tenancy'
import { sql } from 'drizzle-orm'
import { z } from 'zod'

const channel = 'tallyforge'

/** What processes tell each other through NOTIFY: ids only, the facts are read from the database. */
const noticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('events'), orgId: z.uuid(), generationId: z.uuid() }),
  z.object({
    kind: z.literal('generation'),
    orgId: z.uuid(),
    generationId: z.uuid(),
    pluginId: z.uuid(),
    state: z.enum(generationStates),
  }),
  /** A plugin has another title, state, version or lock. */
  z.object({ kind: z.literal('plugin'), orgId: z.uuid(), pluginId: z.uuid() }),
  z.object({ kind: z.literal('balance'), orgId: z.uuid() }),
  z.object({ kind: z.literal('cancel'), orgId: z.uuid(), generationId: z.uuid() }),
  /** A right of this person may be gone: a session, a membership, or the account. The database itself says so. */
  z.object({ kind: z.literal('access'), userId: z.uuid() }),
])
export type Notice = z.infer<typeof noticeSchema>

/** Tells the watchers of every process. Sent when the transaction commits, and only then. */
export async function notify(
  tx: OrgTx | ServiceTx,
  notice: Exclude<Notice, { kind: 'access' }>,
): Promise<void> {
  await tx.execute(sql`select pg_notify(${channel}, ${JSON.stringify(notice)})`)
}

export type Hub = {
  /**
   * Calls back for every notice about an org or a person, by id, and with null when notices may have been missed. Returns the way
   * out.
   */
  subscribe: (id: string, listener: (notice: Notice | null) => void) => () => void
  /** Like `subscribe`, for every org. */
  subscribeAll: (listener: (notice: Notice | null) => void) => () => void
  /** Ends every open watch: the server is closing. */
  close: () => void
  closing: AbortSignal
}

const everyOrg = '*'

/**
 * Null for what this process does not understand, such as a kind of notice that a newer one sends: the driver calls us
 * from its socket, where a throw would end the process.
 */
function readNotice(payload: string): Notice | null {
  try {
    return noticeSchema.parse(JSON.parse(payload))
  } catch {
    return null
  }
}

/** One LISTEN connection for the process, spread to its watchers by org and person. */
export async function createHub(db: Database): Promise<Hub> {
  const emitter = new EventEmitter().setMaxListeners(0)
  const closing = new AbortController()
  await db.listen(
    channel,
    (payload) => {
      const notice = readNotice(payload)
      if (notice === null) return
      emitter.emit(notice.kind === 'access' ? notice.userId : notice.orgId, notice)
      emitter.emit(everyOrg, notice)
    },
    // (Re)connected: whatever was sent meanwhile is lost, so everybody looks for themselves.
    () => {
      for (const name of emitter.eventNames()) emitter.emit(name, null)
    },
  )
  const subscribe = (name: string, listener: (notice: Notice | null) => void) => {
    emitter.on(name, listener)
    return () => emitter.off(name, listener)
  }
  return {
    subscribe,
    subscribeAll: (listener) => subscribe(everyOrg, listener),
    close: () => closing.abort(),
    closing: closing.signal,
  }
}
