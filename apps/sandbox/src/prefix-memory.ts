import { createHash } from 'node:crypto'
import { currentFilesText, type Message } from './writer/conversation.ts'

const maxPrefixes = 500

export type PrefixMemory = { recall: (messages: readonly Message[]) => number }

/**
 * Remembers the beginnings of conversations, as a provider's prompt cache does. `recall` gives the
 * characters of the longest beginning that an earlier call had too, and remembers this call's.
 */
export function prefixMemory(): PrefixMemory {
  const seen = new Map<string, true>()
  return {
    recall(messages) {
      const beginnings = beginningsOf(messages)
      const known = beginnings.filter(({ hash }) => seen.has(hash)).map(({ length }) => length)
      for (const { hash } of beginnings) {
        // Setting it anew makes it the youngest.
        seen.delete(hash)
        seen.set(hash, true)
      }
      for (const hash of seen.keys()) {
        if (seen.size <= maxPrefixes) break
        seen.delete(hash)
      }
      return Math.max(0, ...known)
    },
  }
}

/** After each message but the last, and after the current files at the beginning of any message. */
function beginningsOf(messages: readonly Message[]): { hash: string; length: number }[] {
  const running = createHash('sha256')
  let length = 0
  return messages.flatMap(({ role, text }, index) => {
    running.update(`\0${role}\0`)
    const files = currentFilesText(text)
    const found: { hash: string; length: number }[] = []
    if (files !== '') {
      const hash = running.copy().update(files).digest('base64')
      found.push({ hash, length: length + files.length })
    }
    running.update(text)
    length += text.length
    if (index < messages.length - 1 && text !== '') {
      found.push({ hash: running.copy().digest('base64'), length })
    }
    return found
  })
}
