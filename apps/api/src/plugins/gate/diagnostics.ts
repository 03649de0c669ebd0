import { tmpdir } from 'node:os'
import { isAbsolute, sep } from 'node:path'
import type { GateMessage } from '@tallyforge/core/plugins/gate'

type Places = { folder: string; packageFolders: readonly string[]; files: ReadonlyMap<string, string> }

const maxMessages = 20
const ownError = /^(.+?)\((\d+),(\d+)\): error TS(\d+): (.*)$/
const otherError = /^error TS(\d+): (.*)$/

/** What the checker's output says: which files it read outside of where it may, and its errors in the plugin's own files. */
export function readDiagnostics(
  output: string,
  places: Places,
): { outside: boolean; messages: GateMessage[] } {
  const lines = output.split(/\r?\n/).filter((line) => line !== '')
  const listed = lines.filter((line) => isAbsolute(line) && !ownError.test(line))
  const allowed = [places.folder, ...places.packageFolders]
  const outside = listed.some((path) => {
    const native = path.replaceAll('/', sep)
    return !allowed.some((folder) => native.startsWith(folder + sep))
  })
  const messages = lines.flatMap((line) => readError(line, places))
  return { outside, messages: messages.slice(0, maxMessages) }
}

function readError(line: string, places: Places): GateMessage[] {
  const own = ownError.exec(line)
  if (own) {
    const [, path = '', row, column, code, text = ''] = own
    const said = `${withoutPlaces(text, places)} (TS${code})`
    if (!places.files.has(path))
      return [{ text: 'The types do not fit together outside of the plugin’s own files.' }]
    return [{ text: said, path, line: Number(row), column: Number(column) }]
  }
  const other = otherError.exec(line)
  return other ? [{ text: `${withoutPlaces(other[2] ?? '', places)} (TS${other[1]})` }] : []
}

/** Types are sometimes named by where they lie, such as `import("/tmp/…/src/a").A`: nothing of this machine is shown. */
function withoutPlaces(text: string, { folder, packageFolders }: Places): string {
  const inside = text.replaceAll(`${folder}/`, '')
  const known = inside.replace(/"([^"\s]+)"/g, (whole, path: string) =>
    packageFolders.some((packages) => path.startsWith(packages))
      ? `"${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}"`
      : whole,
  )
  return [folder, ...packageFolders, tmpdir(), process.cwd()].reduce(
    (shown, place) => shown.replaceAll(place, '…'),
    known,
  )
}
