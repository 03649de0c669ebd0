export type Piece = { text: string; kind: 'plain' | 'keyword' | 'string' | 'comment' | 'number' }

const pattern =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?|`(?:[^`\\]|\\.)*`?)|(?<keyword>\b(?:import|from|as|export|function|const|let|return|if|else|async|await|type|declare|new|void|unknown|number|boolean|string|true|false|null)\b)|(?<number>\b\d+(?:\.\d+)?\b)/g

/** Colours TypeScript and JSON well enough for a picture of code, at the cost of one expression in place of an editor. */
export function highlight(code: string, path: string): Piece[] {
  // Words are no keywords.
  if (path.endsWith('.md')) return [{ text: code, kind: 'plain' }]
  const pieces: Piece[] = []
  let end = 0
  for (const match of code.matchAll(pattern)) {
    if (match.index > end) pieces.push({ text: code.slice(end, match.index), kind: 'plain' })
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0]
    pieces.push({ text: match[0], kind: (kind ?? 'plain') as Piece['kind'] })
    end = match.index + match[0].length
  }
  if (end < code.length) pieces.push({ text: code.slice(end), kind: 'plain' })
  return pieces
}
