import type { HostMessage, PanelMessage } from '../bridge/protocol.ts'
import type { Port } from './port.ts'

/** A port whose other end is the test: what the panel sent, and the way to answer. */
export function fakePort() {
  const sent: PanelMessage[] = []
  let listener: ((message: HostMessage) => void) | null = null
  const port: Port = {
    // Only what JSON carries crosses the real one.
    post: (message) => sent.push(JSON.parse(JSON.stringify(message))),
    listen: (next) => {
      listener = next
      return () => {
        listener = null
      }
    },
    kept: () => null,
    keep: () => undefined,
  }
  return {
    port,
    sent,
    say: (message: HostMessage) => listener?.(JSON.parse(JSON.stringify(message))),
    lastId: () => {
      const last = sent.findLast((message) => 'id' in message)
      return last && 'id' in last ? last.id : 0
    },
  }
}
