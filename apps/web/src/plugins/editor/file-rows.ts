import type { TreeRow } from '@tallyforge/ui/Tree'

/**
 * The tree as rows from top to bottom: folders first, then files, each in the order of their names. A file's key is its
 * path, a folder's key its path with the slash.
 */
export function fileRows(paths: readonly string[]): TreeRow[] {
  return rowsBelow('', [...paths].sort(), 0)
}

function rowsBelow(folder: string, paths: readonly string[], depth: number): TreeRow[] {
  const rest = paths.map((path) => path.slice(folder.length))
  const folders = [
    ...new Set(rest.filter((name) => name.includes('/')).map((name) => name.split('/')[0] ?? '')),
  ]
  const inFolders = folders.flatMap((name) => {
    const inner = `${folder}${name}/`
    const row = { key: inner, name, depth, isFolder: true }
    return [
      row,
      ...rowsBelow(
        inner,
        paths.filter((path) => path.startsWith(inner)),
        depth + 1,
      ),
    ]
  })
  const files = rest
    .filter((name) => !name.includes('/'))
    .map((name) => ({ key: folder + name, name, depth, isFolder: false }))
  return [...inFolders, ...files]
}
