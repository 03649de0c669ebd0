import { type Zippable, zipSync } from 'fflate'

/** The first day a zip can name. The writer reads local parts of it, so it is the same in every time zone. */
const fixedTime = () => new Date(1980, 0, 1)

/** Packs files in sorted order at a fixed time and level: the same files give the same bytes. Texts are UTF-8. */
export function zipFiles(files: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const encoder = new TextEncoder()
  // Entries are defined, not assigned: `__proto__` never passes the gate, and here it would still be a name.
  const entries: Zippable = Object.fromEntries(
    [...files.keys()].sort().map((path) => {
      const content = files.get(path) ?? ''
      return [path, typeof content === 'string' ? encoder.encode(content) : content]
    }),
  )
  return zipSync(entries, { level: 9, mtime: fixedTime() })
}
