import type { Plugin } from 'vite'

/** What a file of a build imports before it runs, by file name. */
export type ChunkImports = ReadonlyMap<string, readonly string[]>

/** The first circle among the files of a build, from a file back to itself; null when there is none. */
export function findCircle(imports: ChunkImports): string[] | null {
  const isClear = new Set<string>()
  const visit = (file: string, path: string[]): string[] | null => {
    const start = path.indexOf(file)
    if (start !== -1) return [...path.slice(start), file]
    if (isClear.has(file)) return null
    for (const next of imports.get(file) ?? []) {
      const circle = visit(next, [...path, file])
      if (circle !== null) return circle
    }
    isClear.add(file)
    return null
  }
  for (const file of imports.keys()) {
    const circle = visit(file, [])
    if (circle !== null) return circle
  }
  return null
}

/** Fails a build whose files import each other in a circle: one of them runs before what it needs is there, and a page breaks. */
export const withoutCircles: Plugin = {
  name: 'without-circles',
  generateBundle: (_, bundle) => {
    const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
    const circle = findCircle(new Map(chunks.map(({ fileName, imports }) => [fileName, imports])))
    if (circle === null) return
    throw new Error(
      `Files of the build import each other in a circle:\n${circle.join('\n')}\nMend the groups of codeSplitting in vite.config.ts.`,
    )
  },
}
