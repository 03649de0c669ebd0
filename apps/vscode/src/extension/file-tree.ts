/** What lies at a path of a version's files: a file, a folder with its entries, or nothing. */
export type TreeNode =
  | { kind: 'file'; text: string }
  | { kind: 'folder'; entries: [string, 'file' | 'folder'][] }

/** Looks a path up in a flat list of files; the empty path is the root. */
export function lookUp(files: readonly { path: string; text: string }[], path: string): TreeNode | null {
  const file = files.find((each) => each.path === path)
  if (file !== undefined) return { kind: 'file', text: file.text }
  const prefix = path === '' ? '' : `${path}/`
  const entries = new Map<string, 'file' | 'folder'>()
  for (const each of files) {
    if (!each.path.startsWith(prefix)) continue
    const [name = '', ...below] = each.path.slice(prefix.length).split('/')
    entries.set(name, below.length === 0 ? 'file' : 'folder')
  }
  return entries.size === 0 && path !== '' ? null : { kind: 'folder', entries: [...entries] }
}
