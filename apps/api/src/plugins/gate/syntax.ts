import {
  type AnyNode,
  type Expression,
  type Node,
  type Program,
  parse,
  type SpreadElement,
  type Super,
} from 'acorn'
import { full } from 'acorn-walk'

/** Parses JavaScript, or says null when it is not JavaScript or is nested so deeply that the parser's stack ends. */
export function parseJavaScript(code: string): Program | null {
  try {
    return parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowReturnOutsideFunction: true })
  } catch {
    return null
  }
}

/** Calls `visit` with every node, and whether the node is a name being declared rather than used. */
export function eachNode(program: Program, visit: (node: AnyNode, isDeclared: boolean) => void): void {
  // acorn-walk types its nodes by their common base; what it passes are acorn's own nodes.
  full(program, (node: Node, _state, type) => visit(node as AnyNode, type === 'VariablePattern'))
}

/** The text of a literal string or of a template without expressions. */
export function literalText(node: Expression | SpreadElement | Super | undefined | null): string | null {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : null
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? null
  return null
}

/** The name of the member that an expression reads, by dot or by a literal in brackets. */
export function memberName(node: AnyNode): string | null {
  if (node.type !== 'MemberExpression') return null
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : null
  return node.property.type === 'PrivateIdentifier' ? null : literalText(node.property)
}

/** A call's last name: `registerCommand` for `vscode.commands.registerCommand(…)` and for `registerCommand(…)`. */
export function calledName(node: AnyNode): string | null {
  if (node.type !== 'CallExpression') return null
  return node.callee.type === 'Identifier' ? node.callee.name : memberName(node.callee)
}
