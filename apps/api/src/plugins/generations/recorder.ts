import type { Database } from '@tallyforge/db/client'
import { generationEvents, generations } from '@tallyforge/db/schema'
import type { OrgTx, Tenant } from '@tallyforge/db/tenancy'
import { eq } from 'drizzle-orm'
import type { GenerationEvent } from '../shapes.ts'
import { notify } from './hub.ts'

/** Text is gathered for this long before it is stored and shown: fewer rows, and no watcher sees the difference. */
const gatherMs = 100

/**
 * Stores a generation's progress and tells its watchers. One writer per generation (the holder of its lease) numbers the
 * events; a second writer would collide on the key and lose.
 */
export type Recorder = {
  append: (event: GenerationEvent) => void
  /** Waits until everything appended so far is stored. @throws what storing threw. */
  flush: () => Promise<void>
  /** Stores what is left, and one last event, in the transaction that ends the generation. */
  finish: (tx: OrgTx, last: GenerationEvent) => Promise<void>
}

export function createRecorder(
  db: Database,
  tenant: Tenant,
  generation: { id: string; lastSeq: number },
  onError: (error: unknown) => void,
): Recorder {
  let seq = generation.lastSeq
  let pending: GenerationEvent[] = []
  let timer: NodeJS.Timeout | null = null
  let lastStored = 0
  let storing: Promise<void> = Promise.resolve()

  async function insert(tx: OrgTx, events: GenerationEvent[], from: number): Promise<void> {
    await tx.insert(generationEvents).values(
      events.map((event, index) => ({
        orgId: tenant.orgId,
        generationId: generation.id,
        seq: from + index + 1,
        event,
      })),
    )
    await tx
      .update(generations)
      .set({ lastSeq: from + events.length })
      .where(eq(generations.id, generation.id))
    await notify(tx, { kind: 'events', orgId: tenant.orgId, generationId: generation.id })
  }

  function store(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (pending.length === 0) return
    const events = pending
    const from = seq
    pending = []
    seq += events.length
    if (events.some(isText)) lastStored = performance.now()
    storing = storing.then(() => db.withOrg(tenant, (tx) => insert(tx, events, from)))
    storing.catch(onError)
  }

  return {
    append: (event) => {
      pending = gather(pending, clean(event))
      // The first text after a pause goes out at once; what follows is gathered.
      const wait = gatherMs - (performance.now() - lastStored)
      if (wait <= 0) store()
      else timer ??= setTimeout(store, wait)
    },
    flush: () => {
      store()
      return storing
    },
    finish: async (tx, last) => {
      if (timer !== null) clearTimeout(timer)
      await insert(tx, [...pending, last], seq)
    },
  }
}

/** What streams in many small pieces; everything else is rare and does not delay the text after it. */
function isText(event: GenerationEvent): boolean {
  return event.type === 'prose' || event.type === 'file-text' || event.type === 'progress'
}

/**
 * Joins text to the piece before it when it continues the same file or the same prose. A count must not stand between two
 * pieces of one text: it goes behind them, and only the newest one of a call stays.
 */
function gather(pending: GenerationEvent[], event: GenerationEvent): GenerationEvent[] {
  const last = pending.at(-1)
  if (last?.type === 'progress' && !isBoundary(event)) {
    const before = pending.slice(0, -1)
    return event.type === 'progress' ? [...before, event] : [...gather(before, event), last]
  }
  if (last?.type === 'prose' && event.type === 'prose') {
    return [...pending.slice(0, -1), { type: 'prose', text: last.text + event.text }]
  }
  if (last?.type === 'file-text' && event.type === 'file-text' && last.path === event.path) {
    return [...pending.slice(0, -1), { ...event, text: last.text + event.text }]
  }
  return [...pending, event]
}

/** What no count may pass: it belongs to the call before. */
function isBoundary({ type }: GenerationEvent): boolean {
  return type === 'state' || type === 'attempt' || type === 'step'
}

/** PostgreSQL's jsonb holds neither NUL nor half characters; a model may write both. */
function clean(event: GenerationEvent): GenerationEvent {
  const safe = (text: string) => text.toWellFormed().replaceAll('\0', '\ufffd')
  if (event.type === 'prose') return { ...event, text: safe(event.text) }
  if (event.type === 'file-text') return { ...event, path: safe(event.path), text: safe(event.text) }
  return 'path' in event ? { ...event, path: safe(event.path) } : event
}
