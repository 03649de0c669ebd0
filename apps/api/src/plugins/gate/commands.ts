import type { GateMessage } from '@tallyforge/core/plugins/gate'
import type { ManifestFields } from '@tallyforge/core/plugins/manifest-schema'
import { quoted } from '@tallyforge/core/plugins/text'
import type { Program } from 'acorn'
import { calledName, eachNode, literalText, parseJavaScript } from './syntax.ts'

const registrars = new Set(['registerCommand', 'registerTextEditorCommand'])

/**
 * Compares what package.json declares with what the bundle registers: a declared command without code is a button that fails, and
 * a registered one that is not declared is a feature that nobody finds. Ids must be literals, or constants that hold one.
 */
export function checkCommands(bundle: string, { contributes }: ManifestFields): GateMessage[] {
  const program = parseJavaScript(bundle)
  if (program === null) return [{ text: 'The bundle cannot be read. Simplify the code.' }]
  const declared = new Set((contributes.commands ?? []).map(({ command }) => command))
  const { ids, unclear } = registeredCommands(program)
  const idle = [...declared].filter((id) => !ids.has(id))
  const hidden = [...ids].filter((id) => !declared.has(id))
  return [
    ...(unclear
      ? [{ text: 'Give registerCommand its id as a literal text, one call for each command.' }]
      : []),
    ...idle.map((id) => ({
      text: `The command ${quoted(id)} is declared, but no code registers it. Call vscode.commands.registerCommand(${quoted(id)}, …).`,
      path: 'package.json',
    })),
    ...hidden.map((id) => ({
      text: `The code registers ${quoted(id)}, but package.json does not declare it. Add it to contributes.commands.`,
      path: 'package.json',
    })),
  ]
}

function registeredCommands(program: Program): { ids: Set<string>; unclear: boolean } {
  const constants = literalConstants(program)
  const ids = new Set<string>()
  let unclear = false
  eachNode(program, (node) => {
    if (node.type !== 'CallExpression' || !registrars.has(calledName(node) ?? '')) return
    const [first] = node.arguments
    const id = first?.type === 'Identifier' ? constants.get(first.name) : literalText(first)
    if (typeof id === 'string') ids.add(id)
    else unclear = true
  })
  return { ids, unclear }
}

/** Names that are declared once in the whole bundle, with a literal text, and never assigned: wherever they stand, they mean it. */
function literalConstants(program: Program): Map<string, string> {
  const constants = new Map<string, string>()
  const declarations = new Map<string, number>()
  const count = (name: string) => declarations.set(name, (declarations.get(name) ?? 0) + 1)
  eachNode(program, (node, isDeclared) => {
    // Parameters and targets of assignments are patterns too, so both raise the count.
    if (isDeclared && node.type === 'Identifier') count(node.name)
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return
    const text = literalText(node.init)
    if (text !== null) constants.set(node.id.name, text)
  })
  for (const [name, times] of declarations) if (times > 1) constants.delete(name)
  return constants
}
