import type { AnyNode, CallExpression, MemberExpression, Program } from 'acorn'
import { isPlatformModule } from './specifiers.ts'
import { eachNode, literalText, memberName } from './syntax.ts'

const globals = new Set(['globalThis', 'global', 'self', 'window'])
const loaders = new Set(['binding', '_linkedBinding', 'dlopen', 'mainModule', 'getBuiltinModule'])

/**
 * Finds code that would load or run something that the gate has not seen: eval, new Function, require of anything but a literal
 * platform module, Node's inner loaders. It keeps honest code checkable; whoever wants to hide a call can, so nothing generated is
 * ever run on the server, and people see what a plugin can reach before they install it.
 */
export function findDynamicCode(program: Program): string[] {
  const found = new Set<string>()
  const literalRequires = new Set<AnyNode>()
  eachNode(program, (node) => {
    if (isLiteralRequire(node)) literalRequires.add(node.callee)
  })
  eachNode(program, (node, isDeclared) => {
    const reason = judge(node, isDeclared, literalRequires)
    if (reason) found.add(reason)
  })
  return [...found]
}

function isLiteralRequire(node: AnyNode): node is CallExpression {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return false
  const name = literalText(node.arguments[0])
  return name !== null && isPlatformModule(name)
}

function judge(node: AnyNode, isDeclared: boolean, literalRequires: ReadonlySet<AnyNode>): string | null {
  if (node.type === 'ImportExpression') {
    if (literalText(node.source) === null)
      return 'import(…) takes a literal text only. Name the module directly.'
    return node.options
      ? 'Import attributes are not supported. Remove the second argument of import(…).'
      : null
  }
  if (node.type === 'MetaProperty' && node.meta.name === 'import') {
    return 'import.meta does not exist in a VS Code extension. Use context.extensionUri.'
  }
  if (node.type === 'Identifier') return isDeclared || literalRequires.has(node) ? null : judgeName(node.name)
  if (node.type === 'CallExpression' && memberName(node.callee) === 'constructor') {
    return 'Do not call .constructor(…): it can run text as code.'
  }
  return node.type === 'MemberExpression' ? judgeMember(node) : null
}

function judgeName(name: string): string | null {
  if (name === 'eval') return 'eval runs text as code. Write the code itself.'
  if (name === 'Function') return 'Function(…) runs text as code. Write the function itself.'
  if (name === 'require') return 'require(…) is not available. Use import with a literal module name.'
  return null
}

function judgeMember(node: MemberExpression): string | null {
  const name = memberName(node)
  if (name === null || node.object.type !== 'Identifier') return null
  const { name: object } = node.object
  if (globals.has(object)) return judgeName(name)
  if (object === 'module' && (name === 'require' || name === 'constructor')) return judgeName('require')
  if (object === 'process' && loaders.has(name)) return `process.${name} loads inner code of Node. Remove it.`
  return null
}
