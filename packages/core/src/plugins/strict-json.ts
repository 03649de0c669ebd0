/** The value of a JSON text, or why it is not taken, in plain words. */
export type StrictJson = { ok: true; value: unknown } | { ok: false; reason: string }

const maxDepth = 40

/**
 * Parses JSON that programs other than this one will read as well: no comments, no key twice in one object (readers differ in
 * which one counts), no `__proto__` (it changes objects that are merged), at most 40 levels (deeper ones overflow stacks).
 */
export function parseStrictJson(text: string): StrictJson {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'unreadable'
    return {
      ok: false,
      reason: `It is not JSON (${detail}). Write plain JSON, without comments or trailing commas.`,
    }
  }
  const reason = checkKeys(text)
  return reason ? { ok: false, reason } : { ok: true, value }
}

/** Walks the tokens of a text that is known to be JSON, so that each match is one whole token. */
function checkKeys(json: string): string | null {
  const open: Set<string>[] = []
  let text = ''
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === '{' || token === '[') open.push(new Set())
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      const key: string = JSON.parse(text)
      if (key === '__proto__') return 'Remove the key "__proto__".'
      if (open.at(-1)?.has(key)) return `The key ${text} stands twice in one object. Keep one.`
      open.at(-1)?.add(key)
    } else text = token
    if (open.length > maxDepth) return `It is nested more than ${maxDepth} levels deep. Flatten it.`
  }
  return null
}
