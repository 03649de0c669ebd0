/** What the parser of a model's answer reports, in the order of the answer. Neighbouring texts are merged within one push. */
export type ProtocolEvent =
  | { type: 'prose'; text: string }
  | { type: 'file-open'; path: string }
  | { type: 'file-text'; path: string; text: string }
  | { type: 'file-close'; path: string }
  | { type: 'delete'; path: string }
  | { type: 'cut-off'; path: string }

export type ProtocolParser = {
  push: (chunk: string) => ProtocolEvent[]
  end: () => ProtocolEvent[]
}

/** A longer line is never a tag, so that what is held back stays bounded (paths are at most 200 characters). */
const maxTagLineLength = 300

const openTag = /^[ \t]*<file path="([^"<>\n]+)">[ \t\r]*$/
const deleteTag = /^[ \t]*<delete path="([^"<>\n]+)"[ \t]*\/>[ \t\r]*$/
const closeTag = /^<\/file>[ \t\r]*$/
const closingFence = /^```[ \t\r]*$/
const anyFence = /^```[\w+#.-]*[ \t\r]*$/
const markdownFence = /^```(?:md|markdown)[ \t\r]*$/i

/**
 * Parses the output protocol while it streams: prose anywhere, `<file path="…">` … `</file>` and `<delete path="…"/>` on lines of
 * their own. Text is reported at once unless its line may still become a tag. The way an answer is cut into chunks changes nothing
 * but where texts are split. Line ends become LF. A code fence that wraps a file's whole content is dropped. Paths are not judged
 * here. `end` reports `cut-off` when the last file was never closed; the parser is spent after it.
 */
export function createProtocolParser(): ProtocolParser {
  let events: ProtocolEvent[] = []
  let path: string | null = null
  let lineStart = ''
  let isInsideLine = false
  let carriageReturn = ''
  let isFirstLine = false
  let isFenced = false
  let heldFence = ''

  function emitText(text: string): void {
    if (text === '') return
    const last = events.at(-1)
    if (path === null) {
      if (last?.type === 'prose') last.text += text
      else events.push({ type: 'prose', text })
    } else if (last?.type === 'file-text') last.text += text
    else events.push({ type: 'file-text', path, text })
  }

  function opensFence(line: string): boolean {
    // A README may rightly begin with a block of code; only a fence that says "markdown" wraps it.
    return isFirstLine && (path?.endsWith('.md') ? markdownFence : anyFence).test(line)
  }

  function mayBecomeTag(start: string): boolean {
    if (start.length > maxTagLineLength) return false
    if (path === null) {
      const tag = start.trimStart()
      return isTagStart(tag, '<file path="') || isTagStart(tag, '<delete path="')
    }
    if ('</file>'.startsWith(start) || closeTag.test(start)) return true
    if (isFirstLine) return '```'.startsWith(start) || anyFence.test(start)
    return isFenced && ('```'.startsWith(start) || closingFence.test(start))
  }

  /** The line is content after all: so was a closing fence held back before it. */
  function emitContent(text: string): void {
    emitText(heldFence + text)
    heldFence = ''
    isFirstLine = false
  }

  function finishLine(line: string): void {
    const bare = line.endsWith('\n') ? line.slice(0, -1) : line
    if (bare.length > maxTagLineLength) emitContent(line)
    else if (path === null) finishProseLine(line, bare)
    else finishFileLine(line, bare, path)
  }

  function finishFileLine(line: string, bare: string, openPath: string): void {
    if (closeTag.test(bare)) {
      events.push({ type: 'file-close', path: openPath })
      path = null
      heldFence = ''
    } else if (opensFence(bare)) {
      isFenced = true
      isFirstLine = false
    } else if (isFenced && closingFence.test(bare)) {
      emitContent('')
      heldFence = line
    } else emitContent(line)
  }

  function finishProseLine(line: string, bare: string): void {
    const opened = openTag.exec(bare)?.[1]
    const deleted = deleteTag.exec(bare)?.[1]
    if (opened !== undefined) {
      path = opened
      isFirstLine = true
      isFenced = false
      events.push({ type: 'file-open', path })
    } else if (deleted !== undefined) events.push({ type: 'delete', path: deleted })
    else emitText(line)
  }

  /** `piece` is a part of one line and holds a line feed only as its last character. */
  function take(piece: string): void {
    const isWhole = piece.endsWith('\n')
    if (isInsideLine) {
      emitText(piece)
      isInsideLine = !isWhole
      return
    }
    lineStart += piece
    if (!isWhole && mayBecomeTag(lineStart)) return
    if (isWhole) finishLine(lineStart)
    else {
      emitContent(lineStart)
      isInsideLine = true
    }
    lineStart = ''
  }

  function drain(): ProtocolEvent[] {
    const drained = events
    events = []
    return drained
  }

  return {
    push(chunk) {
      const text = carriageReturn + chunk
      // Whether a CR belongs to a CRLF shows only with the next character.
      carriageReturn = text.endsWith('\r') ? '\r' : ''
      const whole = (carriageReturn === '' ? text : text.slice(0, -1)).replaceAll('\r\n', '\n')
      for (let start = 0; start < whole.length; ) {
        const lineFeed = whole.indexOf('\n', start)
        const next = lineFeed === -1 ? whole.length : lineFeed + 1
        take(whole.slice(start, next))
        start = next
      }
      return drain()
    },
    end() {
      if (carriageReturn !== '') take(carriageReturn)
      if (lineStart !== '') finishLine(lineStart)
      if (path !== null) events.push({ type: 'cut-off', path })
      return drain()
    },
  }
}

function isTagStart(text: string, tag: string): boolean {
  return text.startsWith(tag) || tag.startsWith(text)
}
