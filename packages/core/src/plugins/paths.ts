import type { GateMessage } from './gate.ts'
import { hasHiddenFileCharacters, quoted, utf8Bytes } from './text.ts'

/** What one version may hold. Sizes are bytes of UTF-8, lengths are characters. */
export const fileLimits = {
  files: 200,
  fileBytes: 1024 * 1024,
  totalBytes: 5 * 1024 * 1024,
  /** Sources are type-checked, and a checker's time grows faster than its input. */
  sourceBytes: 256 * 1024,
  totalSourceBytes: 1024 * 1024,
  pathLength: 200,
  segmentLength: 100,
  depth: 20,
} as const

/** Messages shown at most: 10,000 bad names must not become a 10,000-line answer. */
const maxMessages = 20

/** Names that Windows opens as devices, with any extension. */
const windowsDevice = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9]|lpt[0-9])(?:\.|$)/i

/** Folders and files that belong to the platform or would change what is packed. Compared in lower case. */
const ownedFolders = new Set(['node_modules', 'dist', 'out'])
const ownedFiles = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'extension.vsixmanifest',
])

/** Files travel as text, so these could only be broken. */
const binaryFile =
  /\.(?:png|jpe?g|gif|webp|ico|bmp|woff2?|ttf|otf|eot|mp[34]|wav|ogg|webm|pdf|zip|gz|tgz|7z|rar)$/i

/** Files that a double click or another program runs. */
const runnableFile =
  /\.(?:vsix|jar|wasm|node|exe|dll|so|dylib|msi|com|scr|bat|cmd|ps1|sh|lnk|desktop|command)$/i

const sourceFile = /\.(?:[cm]?[jt]sx?)$/i

/** Why a path cannot be part of a plugin, in plain words, or null when it can. */
export function checkPath(path: string): string | null {
  if (path === '') return 'A file has no name. Give every file a path such as src/extension.ts.'
  if (path.length > fileLimits.pathLength) return `Shorten the path to ${fileLimits.pathLength} characters.`
  if (path !== path.normalize('NFC')) return 'Write the path with plain ASCII letters.'
  if (path.includes('\\')) return 'Separate folders with /, not with \\.'
  if (/^[A-Za-z]:/.test(path)) return 'Leave out the drive letter: paths start at the plugin’s own folder.'
  if (path.startsWith('/')) return 'Leave out the leading /: paths start at the plugin’s own folder.'
  if (!/^[A-Za-z0-9._\-/@+ ]+$/.test(path)) {
    return 'Use only ASCII letters, digits, spaces and . _ - @ + in file names.'
  }
  const segments = path.split('/')
  if (segments.length > fileLimits.depth) return `Nest folders at most ${fileLimits.depth} deep.`
  for (const segment of segments) {
    const reason = checkSegment(segment)
    if (reason) return reason
  }
  return checkOwner(segments)
}

function checkSegment(segment: string): string | null {
  if (segment === '') return 'Remove the empty folder name (two slashes, or a slash at the end).'
  if (segment === '.' || segment === '..')
    return 'Remove the . and .. folders: paths stay inside the plugin’s folder.'
  if (segment.startsWith('.'))
    return 'Remove it: hidden files and folders such as .git or .vscodeignore are not part of a plugin.'
  if (/^ | $|\.$/.test(segment)) return 'Remove the space or dot at the edge of the name: Windows drops it.'
  if (segment.length > fileLimits.segmentLength) {
    return `Shorten each name in the path to ${fileLimits.segmentLength} characters.`
  }
  if (windowsDevice.test(segment)) return 'Choose another name: Windows reserves this one for a device.'
  // Harmless in a Map, but not in every program that unpacks the sources into an object.
  if (segment === '__proto__') return 'Choose another name than __proto__.'
  return null
}

function checkOwner(segments: readonly string[]): string | null {
  const lower = segments.map((segment) => segment.toLowerCase())
  const name = lower.at(-1) ?? ''
  if (lower.includes('node_modules')) return 'Remove it: plugins carry no npm packages.'
  if (ownedFolders.has(lower[0] ?? '')) return 'Move it: dist and out hold what the platform builds.'
  if (ownedFiles.has(name) || /^package\.nls(?:\..+)?\.json$/.test(name)) {
    return 'Remove it: the platform writes this file itself, and texts stand in package.json directly.'
  }
  if (runnableFile.test(name))
    return 'Remove it: a plugin carries no programs or scripts besides its own code.'
  if (binaryFile.test(name)) return 'Remove it: files are text here. Draw pictures as SVG.'
  return null
}

/**
 * Everything wrong with a version's paths and sizes; empty when nothing is. At most 20 messages. This runs before anything else
 * touches a file: what passes can be written below a folder on Linux, macOS and Windows and stays below it.
 */
export function checkFiles(files: ReadonlyMap<string, string>): GateMessage[] {
  if (files.size === 0) return [{ text: 'There are no files. Write at least a package.json.' }]
  if (files.size > fileLimits.files) {
    return [{ text: `There are ${files.size} files. Keep it to ${fileLimits.files}.` }]
  }
  const messages: GateMessage[] = []
  for (const path of files.keys()) {
    const reason = checkPath(path)
    if (reason) messages.push({ text: `${quoted(path)} cannot be a file of a plugin. ${reason}` })
  }
  if (messages.length === 0) messages.push(...checkTwins([...files.keys()]), ...checkContents(files))
  return messages.slice(0, maxMessages)
}

/** Two paths that are one file on macOS or Windows, or a file where another path needs a folder. */
function checkTwins(paths: readonly string[]): GateMessage[] {
  const seen = new Map(paths.map((path) => [path.toLowerCase(), path]))
  return paths.flatMap((path) => {
    const twin = seen.get(path.toLowerCase())
    if (twin !== undefined && twin !== path) {
      return [{ text: `"${path}" and "${twin}" differ only in case. Rename one.`, path }]
    }
    const file = folders(path.toLowerCase()).find((folder) => seen.has(folder))
    return file ? [{ text: `"${file}" is both a file and a folder. Rename one.`, path }] : []
  })
}

function folders(path: string): string[] {
  const segments = path.split('/')
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'))
}

function checkContents(files: ReadonlyMap<string, string>): GateMessage[] {
  const messages: GateMessage[] = []
  let total = 0
  let totalSource = 0
  for (const [path, content] of files) {
    const isSource = sourceFile.test(path)
    const limit = isSource ? fileLimits.sourceBytes : fileLimits.fileBytes
    const bytes = utf8Bytes(content)
    total += bytes
    if (isSource) totalSource += bytes
    if (bytes > limit)
      messages.push({ text: `The file is larger than ${kilobytes(limit)}. Split or shorten it.`, path })
    else if (hasHiddenFileCharacters(content)) {
      messages.push({
        text: 'The file holds NUL, text-direction or broken characters. Write them as \\u escapes.',
        path,
      })
    }
  }
  if (total > fileLimits.totalBytes) {
    messages.push({
      text: `All files together are larger than ${kilobytes(fileLimits.totalBytes)}. Shorten them.`,
    })
  }
  if (totalSource > fileLimits.totalSourceBytes) {
    messages.push({
      text: `All TypeScript and JavaScript files together are larger than ${kilobytes(fileLimits.totalSourceBytes)}. Shorten them.`,
    })
  }
  return messages
}

const kilobytes = (bytes: number) => `${bytes / 1024} KB`
