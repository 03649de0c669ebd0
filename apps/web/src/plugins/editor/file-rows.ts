/** A row of the file tree: a folder's name, or a file with its path. */
export type FileRow = { name: string; depth: number; path: string | null; key: string }

/** The tree as rows from top to bottom: folders first, then files, each in the order of their names. */
export function fileRows(paths: readonly string[]): FileRow[] {
  return rowsBelow('', [...paths].sort(), 0)
}

function rowsBelow(folder: string, paths: readonly string[], depth: number): FileRow[] {
  const rest = paths.map((path) => path.slice(folder.length))
  const folders = [
    ...new Set(rest.filter((name) => name.includes('/')).map((name) => name.split('/')[0] ?? '')),
  ]
  const inFolders = folders.flatMap((name) => {
    const inner = `${folder}${name}/`
    const row: FileRow = { name, depth, path: null, key: inner }
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
    .map((name) => ({ name, depth, path: folder + name, key: folder + name }))
  return [...inFolders, ...files]
}
