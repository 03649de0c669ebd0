import type { Files } from './recipe.ts'

/** One whole file as the output protocol writes it: tags on lines of their own. */
export function fileBlock(path: string, content: string): string {
  return `<file path="${path}">\n${content.endsWith('\n') ? content : `${content}\n`}</file>\n`
}

/** The files between such tags. A file that is never closed is left out. */
export function readFiles(text: string): Files {
  const files = new Map<string, string>()
  let path: string | undefined
  let lines: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const opened = path === undefined ? /^<file path="([^"]+)">\s*$/.exec(line)?.[1] : undefined
    if (opened !== undefined) {
      path = opened
      lines = []
    } else if (path !== undefined && line.trimEnd() === '</file>') {
      files.set(path, `${lines.join('\n')}\n`)
      path = undefined
    } else lines.push(line)
  }
  return Object.fromEntries(files)
}
