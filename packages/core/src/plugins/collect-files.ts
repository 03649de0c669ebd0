import type { ProtocolEvent } from './protocol.ts'

/** A version's files after a model's answer, and what the answer did to the parent's. */
export type CollectedFiles = {
  files: Map<string, string>
  /** Paths that are new or differ from the parent, sorted. */
  changed: string[]
  /** Paths of the parent that are gone, sorted. */
  deleted: string[]
  prose: string
  /** The file that the answer ended in the middle of, as far as it was written; null when every file was closed. */
  cutOff: { path: string; text: string } | null
}

/**
 * Applies an answer's events to the parent version's files. Files not named are inherited, of a file written twice the last one
 * counts, and a file that was cut off keeps the parent's content: what came of it is told beside. Maps, so that a path like `__proto__` is only a path.
 */
export function collectFiles(
  parent: ReadonlyMap<string, string>,
  events: Iterable<ProtocolEvent>,
): CollectedFiles {
  const files = new Map(parent)
  let prose = ''
  let content = ''
  let cutOff: CollectedFiles['cutOff'] = null
  for (const event of events) {
    if (event.type === 'prose') prose += event.text
    else if (event.type === 'file-open') content = ''
    else if (event.type === 'file-text') content += event.text
    else if (event.type === 'file-close') files.set(event.path, content)
    else if (event.type === 'delete') files.delete(event.path)
    else cutOff = { path: event.path, text: content }
  }
  const changed = [...files.keys()].filter((path) => files.get(path) !== parent.get(path)).sort()
  const deleted = [...parent.keys()].filter((path) => !files.has(path)).sort()
  return { files, changed, deleted, prose, cutOff }
}
