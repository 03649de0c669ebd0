import { once } from 'node:events'
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { setImmediate, setTimeout } from 'node:timers/promises'

export type Delivery = {
  frames: Iterable<string>
  headers: OutgoingHttpHeaders
  paceMs: number
  ending: 'end' | 'silence' | 'reset'
  /** Stops after so many frames; all of them when undefined. */
  frameLimit?: number
}
export type Outcome = 'completed' | 'aborted' | 'broken'

const framesBetweenTurns = 64
const readingMs = 100

/** Writes frames at a pace, waits for a slow reader, and stops at once when the client goes away. */
export async function deliver(raw: ServerResponse, delivery: Delivery): Promise<Outcome> {
  const gone = closing(raw)
  raw.writeHead(200, { ...delivery.headers, 'cache-control': 'no-cache' })
  raw.flushHeaders()
  let sent = 0
  for (const frame of delivery.frames) {
    if (sent === delivery.frameLimit) break
    if (sent > 0) await pause(delivery.paceMs, sent, gone)
    if (gone.aborted) return 'aborted'
    if (!raw.write(frame)) await once(raw, 'drain', { signal: gone }).catch(ignoreClosing)
    sent += 1
  }
  if (delivery.ending === 'silence') return silence(raw)
  if (gone.aborted) return 'aborted'
  if (delivery.ending === 'reset') {
    // A reset throws away what the client has not read yet.
    await setTimeout(readingMs)
    raw.socket?.resetAndDestroy()
    return 'broken'
  }
  raw.end()
  return delivery.frameLimit === undefined ? 'completed' : 'broken'
}

/** Says nothing until the client gives up. */
export async function silence(raw: ServerResponse): Promise<Outcome> {
  if (!raw.destroyed) await once(raw, 'close')
  return 'aborted'
}

function closing(raw: ServerResponse): AbortSignal {
  const controller = new AbortController()
  raw.once('close', () => controller.abort())
  // A connection that broke mid-write reports an error first; nobody is left to tell.
  raw.on('error', () => controller.abort())
  if (raw.destroyed) controller.abort()
  return controller.signal
}

/** Without a pace it still gives way now and then, or a closed connection would never be noticed. */
async function pause(paceMs: number, sent: number, gone: AbortSignal): Promise<void> {
  if (paceMs > 0) await setTimeout(paceMs, undefined, { signal: gone }).catch(ignoreClosing)
  else if (sent % framesBetweenTurns === 0) await setImmediate()
}

function ignoreClosing(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
}
