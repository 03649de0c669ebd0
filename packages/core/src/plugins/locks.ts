/**
 * A model's files with every locked path as it is in the parent version: its content there, or its absence. `kept` are the
 * locked paths, sorted, that the model had written or deleted all the same.
 */
export function keepLocked(
  parent: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, string>,
  locked: Iterable<string>,
): { files: Map<string, string>; kept: string[] } {
  const result = new Map(files)
  const kept: string[] = []
  for (const path of locked) {
    const content = parent.get(path)
    if (content === files.get(path)) continue
    kept.push(path)
    if (content === undefined) result.delete(path)
    else result.set(path, content)
  }
  return { files: result, kept: kept.sort() }
}

/** Whether two versions' files are the same. */
export function areSameFiles(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([path, content]) => other.get(path) === content)
}
