import type { GateMessage } from '@tallyforge/core/plugins/gate'
import { buildMessages, withCompiler } from './compiler.ts'
import { findDynamicCode } from './dynamic-code.ts'
import { findTooDeep, isTooDeepJson } from './nesting.ts'
import { positionOf, type SourceToken, scanSource } from './source-tokens.ts'
import { checkSpecifier } from './specifiers.ts'
import { eachNode, literalText, parseJavaScript } from './syntax.ts'

/** Messages shown at most: each counts the lines before it, and 10,000 pragmas must not become a 10,000-line answer. */
const maxMessages = 20

const directive = /^\/\/\/\s*<\s*(?:reference|amd)/
/** A word of its own at the start of a comment's line, as the checker reads it. */
const pragma = /(?:^|\n)[ \t/*]*(@ts-(?:nocheck|ignore|expect-error))/

/**
 * Every way in which sources would read, load or run something outside of the plugin, before any tool that follows imports sees
 * them: server files could otherwise reach a bundle or a checker's messages. Two passes: over the text, where types and comments
 * still are, and over the syntax tree of the values.
 */
export async function checkImports(files: ReadonlyMap<string, string>): Promise<GateMessage[]> {
  const messages: GateMessage[] = []
  for (const [path, source] of files) {
    if (/\.(?:tsx|jsx|mts|cts)$/.test(path)) {
      messages.push({
        text: 'Write sources as .ts files. JSX is not supported: there is no React here.',
        path,
      })
    } else if (path.endsWith('.ts')) messages.push(...(await checkSource(path, source, files)))
    else if (path.endsWith('.json') && isTooDeepJson(source)) {
      messages.push({ text: 'The data is nested too deeply. Flatten it to fewer levels.', path })
    }
    if (messages.length >= maxMessages) break
  }
  return messages.slice(0, maxMessages)
}

async function checkSource(
  path: string,
  source: string,
  files: ReadonlyMap<string, string>,
): Promise<GateMessage[]> {
  const { tokens, comments } = scanSource(source)
  const at = (offset: number) => ({ path, ...positionOf(source, offset) })
  const tooDeep = findTooDeep(tokens)
  if (tooDeep)
    return [
      {
        text: 'The code is nested too deeply. Split it into variables and functions.',
        ...at(tooDeep.offset),
      },
    ]

  const inComments = comments.map(({ text, offset }) => ({ reason: checkComment(text), offset }))
  const inTokens = tokens.map((token, index) => ({
    reason: checkToken(token, tokens.slice(Math.max(0, index - 1), index + 4), path, files),
    offset: token.offset,
  }))
  const found = [...inComments, ...inTokens]
    .flatMap(({ reason, offset }) => (reason ? [{ text: reason, offset }] : []))
    .slice(0, maxMessages)
    .map(({ text, offset }) => ({ text, ...at(offset) }))
  return found.length > 0 ? found : await checkValues(path, source, files)
}

function checkComment(text: string): string | null {
  if (directive.test(text)) return 'Remove the /// directive: the types of vscode and Node are already there.'
  const name = pragma.exec(text)?.[1]
  return name ? `Remove ${name}: the types must be right without it.` : null
}

/** `around` is the token before (or the token itself at the start) and those that follow. */
function checkToken(
  token: SourceToken,
  around: readonly SourceToken[],
  path: string,
  files: ReadonlyMap<string, string>,
): string | null {
  const index = around.indexOf(token)
  const [before, next, second, third] = [around[index - 1], ...around.slice(index + 1)]
  if (token.kind !== 'word' || before?.text === '.' || before?.text === '?.') return null
  if ((token.text === 'import' || token.text === 'require') && next?.text === '(') {
    return checkCall(token.text, second, third, path, files)
  }
  const names = token.text === 'from' || token.text === 'import' || token.text === 'module'
  if (!names || next?.kind !== 'string') return null
  if ((second?.text === 'with' || second?.text === 'assert') && third?.text === '{') {
    return 'Import attributes are not supported. Remove the part in braces.'
  }
  const specifier = next.text.slice(1, -1)
  // `declare module 'x'` describes a module and reads nothing, unless it names a file.
  if (token.text === 'module' && !/^[./\\]|^[A-Za-z]:/.test(specifier)) return null
  return checkSpecifier(specifier, path, files)
}

function checkCall(
  name: string,
  argument: SourceToken | undefined,
  after: SourceToken | undefined,
  path: string,
  files: ReadonlyMap<string, string>,
): string | null {
  if (name === 'require' && argument?.kind !== 'string') return null
  if (argument?.kind !== 'string') return 'import(…) takes a literal text only. Name the module directly.'
  if (after?.text === ',') return 'Import attributes are not supported. Remove the second argument.'
  const specifier = argument.text.slice(1, -1)
  if (name === 'require' && specifier.startsWith('.'))
    return 'Use import instead of require for the plugin’s own files.'
  return checkSpecifier(specifier, path, files)
}

/** The second pass: exact for everything that will be in the bundle, and blind to types. */
async function checkValues(
  path: string,
  source: string,
  files: ReadonlyMap<string, string>,
): Promise<GateMessage[]> {
  const code = await withoutTypes(path, source)
  if (typeof code !== 'string') return code
  const program = parseJavaScript(code)
  if (program === null) return [{ text: 'The file cannot be read as TypeScript. Check its syntax.', path }]
  const found = new Set(findDynamicCode(program))
  eachNode(program, (node) => {
    if (
      node.type !== 'ImportDeclaration' &&
      node.type !== 'ExportNamedDeclaration' &&
      node.type !== 'ExportAllDeclaration' &&
      node.type !== 'ImportExpression'
    ) {
      return
    }
    const specifier = literalText(node.source)
    const reason = specifier === null ? null : checkSpecifier(specifier, path, files)
    if (reason) found.add(reason)
    if (node.type !== 'ImportExpression' && node.attributes.length > 0) {
      found.add('Import attributes are not supported. Remove the part in braces.')
    }
  })
  return [...found].map((text) => ({ text, path }))
}

async function withoutTypes(path: string, source: string): Promise<string | GateMessage[]> {
  try {
    const result = await withCompiler((compiler) =>
      compiler.transform(source, {
        loader: 'ts',
        target: 'esnext',
        logLevel: 'silent',
        // Imports that nothing uses must be seen as well.
        tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
      }),
    )
    return result.code
  } catch (error) {
    const messages = buildMessages(error)
    if (messages === null) throw error
    if (messages.length === 0) return [{ text: 'The code is too complicated to be read. Simplify it.', path }]
    return messages.map(({ text, location }) => ({
      text: `Syntax: ${text}`,
      path,
      ...(location ? { line: location.line, column: location.column + 1 } : {}),
    }))
  }
}
