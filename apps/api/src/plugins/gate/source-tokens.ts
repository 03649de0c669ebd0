/** A piece of TypeScript. `offset` counts UTF-16 units from the file's start; strings keep their quotes. */
export type SourceToken = { kind: 'word' | 'string' | 'template' | 'mark'; text: string; offset: number }
export type SourceComment = { text: string; offset: number }

const space = /\s+/y
const comment = /\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?(?:\*\/|$)/y
const string = /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/y
const word = /[\p{ID_Continue}$\\#]+/uy
const templatePart = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y
const flags = /[a-z]*/y
const lineEnd = /[\n\r\u2028\u2029]/
const mark = /=>|\+\+|--|\?\.|[\s\S]/y

/** Words after which a slash begins a regular expression, not a division. */
const beforeRegex = new Set([
  'return',
  'typeof',
  'instanceof',
  'in',
  'of',
  'new',
  'delete',
  'void',
  'throw',
  'case',
  'do',
  'else',
  'yield',
  'await',
])

/**
 * Cuts TypeScript into tokens and comments without building it. Types vanish before any parser in this process sees them, and this
 * is what still sees them. A regular expression after `)` or `}` is read as a division, so this alone is no proof: values are
 * checked again on the syntax tree, and types by the list of files that the checker really read.
 */
export function scanSource(source: string): { tokens: SourceToken[]; comments: SourceComment[] } {
  const tokens: SourceToken[] = []
  const comments: SourceComment[] = []
  /** For each open `{`: whether it is the `${` of a template, whose text goes on at the `}`. */
  const braces: boolean[] = []
  let offset = 0
  /** The last `[` that nothing closes on its line. Whoever meets it knows so at once: `/[/[/[…` would cost its length squared. */
  let openClass = { from: 0, end: 0 }

  function match(pattern: RegExp): string {
    pattern.lastIndex = offset
    const text = pattern.exec(source)?.[0] ?? ''
    offset += text.length
    return text
  }

  function matchRegex(): string {
    const start = offset
    if (source.charAt(start) !== '/') return ''
    let classAt: number | null = null
    let at = start + 1
    for (; at < source.length && !lineEnd.test(source.charAt(at)); at++) {
      const character = source.charAt(at)
      if (character === '\\' && !lineEnd.test(source.charAt(at + 1))) at++
      else if (character === ']') classAt = null
      else if (character === '[' && classAt === null) {
        if (at >= openClass.from && at < openClass.end) return ''
        classAt = at
      } else if (character === '/' && classAt === null) {
        offset = at + 1
        match(flags)
        return source.slice(start, offset)
      }
    }
    if (classAt !== null) openClass = { from: classAt, end: at }
    return ''
  }

  function takeTemplate(start: number): void {
    if (match(templatePart).endsWith('${')) braces.push(true)
    tokens.push({ kind: 'template', text: source.slice(start, offset), offset: start })
  }

  function takeMark(start: number): void {
    const text = match(mark)
    if (text === '{') braces.push(false)
    if (text === '`' || (text === '}' && braces.pop())) takeTemplate(start)
    else tokens.push({ kind: 'mark', text, offset: start })
  }

  while (offset < source.length) {
    const start = offset
    if (match(space) !== '') continue
    const skipped = match(comment) || (mayBeRegex(tokens.at(-1)) ? matchRegex() : '')
    if (skipped !== '') {
      if (/^\/[/*]/.test(skipped)) comments.push({ text: skipped, offset: start })
      else tokens.push({ kind: 'string', text: skipped, offset: start })
      continue
    }
    const text = match(string)
    const name = text === '' ? match(word) : ''
    if (text !== '') tokens.push({ kind: 'string', text, offset: start })
    else if (name !== '') tokens.push({ kind: 'word', text: name, offset: start })
    else takeMark(start)
  }
  return { tokens, comments }
}

function mayBeRegex(previous: SourceToken | undefined): boolean {
  if (previous === undefined) return true
  if (previous.kind === 'word') return beforeRegex.has(previous.text)
  if (previous.kind === 'mark') return !/^(?:[)\]}]|\+\+|--)$/.test(previous.text)
  return previous.kind === 'template' && previous.text.endsWith('${')
}

/** The line and column of an offset, both from 1. */
export function positionOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
