import { createHash } from 'node:crypto'

const maxPrefixes = 500

/** A piece of a prompt. `isKept` asks to remember the prompt up to its end. */
export type Segment = { role: string; text: string; isKept: boolean }
/** In characters: the beginning that was known, and what was added to it and is kept from now on. */
export type Recalled = { cached: number; created: number }
export type PrefixMemory = { recall: (segments: readonly Segment[]) => Recalled }

/**
 * Remembers the beginnings of prompts, as a provider's prompt cache does. `recall` finds the longest beginning that an
 * earlier call kept, and keeps those that this call asks for.
 */
export function prefixMemory(): PrefixMemory {
  const seen = new Map<string, true>()
  return {
    recall(segments) {
      const beginnings = beginningsOf(segments)
      const known = beginnings.filter(({ hash }) => seen.has(hash)).map(({ length }) => length)
      for (const { hash, isKept } of beginnings) {
        if (!isKept) continue
        // Setting it anew makes it the youngest.
        seen.delete(hash)
        seen.set(hash, true)
      }
      for (const hash of seen.keys()) {
        if (seen.size <= maxPrefixes) break
        seen.delete(hash)
      }
      const cached = Math.max(0, ...known)
      return { cached, created: (beginnings.at(-1)?.length ?? 0) - cached }
    },
  }
}

/** After each segment, up to the last one that is kept: nothing behind it is looked up. */
function beginningsOf(segments: readonly Segment[]): { hash: string; length: number; isKept: boolean }[] {
  const running = createHash('sha256')
  let length = 0
  return segments
    .slice(0, segments.findLastIndex(({ isKept }) => isKept) + 1)
    .map(({ role, text, isKept }) => {
      running.update(`\0${role}\0${text}`)
      length += text.length
      return { hash: running.copy().digest('base64'), length, isKept }
    })
}
