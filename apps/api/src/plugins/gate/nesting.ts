import type { SourceToken } from './source-tokens.ts'

/**
 * Nesting that no person writes. Go's parsers overflow their stack on it: 250 KB of `{` or `if(a)` end esbuild's service for the
 * whole process, and with it every other build. The checker compares literals of 100 levels for seconds, and at 240 for all its time.
 */
const limits = { openBrackets: 80, chainWords: 20_000, tokensInOneRun: 5_000 }

const chains = new Set(['=>', 'if', 'for', 'while', 'do', 'else', 'with'])

/** The token at which a source becomes too deeply nested to be parsed safely, or null. */
export function findTooDeep(tokens: readonly SourceToken[]): SourceToken | null {
  let open = 0
  let chain = 0
  let run = 0
  for (const token of tokens) {
    const { text } = token
    run += 1
    if (token.kind === 'mark' && /^[()[\]{},;]$/.test(text)) run = 0
    if (token.kind === 'mark' && /^[([{]$/.test(text)) open += 1
    if (token.kind === 'mark' && /^[)\]}]$/.test(text)) open = Math.max(0, open - 1)
    if (token.kind === 'template') open = Math.max(0, open + templateChange(text))
    if (token.kind !== 'string' && chains.has(text)) chain += 1
    if (open > limits.openBrackets || chain > limits.chainWords || run > limits.tokensInOneRun) return token
  }
  return null
}

function templateChange(text: string): number {
  return (text.endsWith('${') ? 1 : 0) - (text.startsWith('}') ? 1 : 0)
}

/** Whether a JSON text is nested as deeply as sources may not be. A text that breaks off at a line's end is none, and read on. */
export function isTooDeepJson(text: string): boolean {
  let open = 0
  for (const [token] of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|[[\]{}]/g)) {
    if (token === '[' || token === '{') open += 1
    else if (token === ']' || token === '}') open = Math.max(0, open - 1)
    if (open > limits.openBrackets) return true
  }
  return false
}
