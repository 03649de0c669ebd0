import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'

export type Listener = {
  /** Resolves with the first LISTEN. Rejects when that fails, and then nothing goes on in the background. */
  ready: Promise<void>
  close: () => Promise<void>
}

export type ListenerOptions = {
  channel: string
  onNotify: (payload: string) => void
  /** Called after the first LISTEN and after every later one: whatever was sent in between has been missed. */
  onListen: () => void
}

const retryMs = 500

/**
 * One connection that listens to one channel, and comes back after every loss for as long as it takes. postgres.js's own
 * `listen` tries once after a loss and then stays deaf without a word, so a restart of PostgreSQL would end it.
 */
export function createListener(
  url: string,
  settings: postgres.Options<Record<string, never>>,
  { channel, onNotify, onListen }: ListenerOptions,
): Listener {
  let isClosed = false
  let isListening = false
  const options = {
    ...settings,
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    fetch_types: false,
    // In the driver, but not in its types.
    onnotify: (_channel: string, payload: string) => onNotify(payload),
    onclose: () => {
      if (!isListening || isClosed) return
      isListening = false
      void comeBack()
    },
  }
  const sql = postgres(url, options)

  async function listen(): Promise<void> {
    await sql`listen ${sql(channel)}`
    isListening = true
    onListen()
  }

  async function comeBack(): Promise<void> {
    while (!isClosed) {
      const isBack = await listen().then(
        () => true,
        () => false,
      )
      if (isBack) return
      await sleep(retryMs)
    }
  }

  return {
    ready: listen(),
    close: () => {
      isClosed = true
      return sql.end({ timeout: 5 })
    },
  }
}
