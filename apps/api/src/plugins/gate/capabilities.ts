import type { Capabilities } from '@tallyforge/core/plugins/gate'
import type { ManifestFields } from '@tallyforge/core/plugins/manifest-schema'
import type { AnyNode, CallExpression } from 'acorn'
import { calledName, eachNode, literalText, memberName, parseJavaScript } from './syntax.ts'

type Reach = Exclude<keyof Capabilities, 'details'>

const modules: Record<string, Reach> = {
  'node:http': 'network',
  'node:https': 'network',
  'node:http2': 'network',
  'node:net': 'network',
  'node:tls': 'network',
  'node:dgram': 'network',
  'node:dns': 'network',
  'node:dns/promises': 'network',
  'node:child_process': 'processes',
  'node:worker_threads': 'processes',
  'node:cluster': 'processes',
  'node:fs': 'files',
  'node:fs/promises': 'files',
}

/** Global names whose use reaches the network. */
const networkGlobals = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'])

/** Calls of VS Code's own API, by their last name. */
const apiCalls: Record<string, Reach> = {
  openExternal: 'network',
  createTerminal: 'processes',
  sendText: 'processes',
  executeTask: 'processes',
}
const processClasses = new Set(['ShellExecution', 'ProcessExecution', 'CustomExecution'])

/** Commands of VS Code that type into a terminal or run tasks: a key or a menu leads to them without any code. */
const processCommand = /^workbench\.action\.(?:terminal|tasks)\./

/** Members of `workspace.fs`, which reads and writes any file that people can. */
const workspaceFiles = new Set([
  'writeFile',
  'readFile',
  'delete',
  'rename',
  'copy',
  'createDirectory',
  'readDirectory',
])

/**
 * What a plugin can reach on a machine, read from its code's imports and calls, and from the commands that its keys and menus run.
 * It tells people what to expect of honest code and is no sandbox. Details are names such as `node:https` or `fetch`, sorted.
 */
export function readCapabilities(bundle: string | null, { contributes }: ManifestFields): Capabilities {
  const found = new Map<string, Reach>()
  const note = ([name, reach]: [string, Reach | null]) => reach && found.set(name, reach)
  const bound = [
    ...(contributes.keybindings ?? []).map(({ command }) => command),
    ...Object.values(contributes.menus ?? {}).flatMap((items) =>
      items.flatMap(({ command, alt }) => [command ?? '', alt ?? '']),
    ),
  ]
  for (const command of bound) note([command, commandReach(command)])
  const program = bundle === null ? null : parseJavaScript(bundle)
  if (program) {
    eachNode(program, (node, isDeclared) => {
      if (node.type === 'CallExpression') callReaches(node).forEach(note)
      else if (node.type === 'Identifier') note([node.name, isDeclared ? null : globalReach(node.name)])
      else note(otherReach(node))
    })
  }
  const reaches = new Set(found.values())
  return {
    network: reaches.has('network'),
    processes: reaches.has('processes'),
    files: reaches.has('files'),
    details: [...found.keys()].sort(),
  }
}

function callReaches(call: CallExpression): [string, Reach | null][] {
  const name = calledName(call) ?? ''
  const target = literalText(call.arguments[0]) ?? ''
  const isWorkspaceFile =
    workspaceFiles.has(name) &&
    call.callee.type === 'MemberExpression' &&
    memberName(call.callee.object) === 'fs'
  return [
    [target, name === 'require' ? reachIn(modules, target) : null],
    [target, name === 'executeCommand' ? commandReach(target) : null],
    [name, reachIn(apiCalls, name)],
    [`workspace.fs.${name}`, isWorkspaceFile ? 'files' : null],
  ]
}

function otherReach(node: AnyNode): [string, Reach | null] {
  if (node.type === 'ImportExpression') {
    const target = literalText(node.source) ?? ''
    return [target, reachIn(modules, target)]
  }
  if (node.type === 'NewExpression') {
    const name = memberName(node.callee) ?? ''
    return [name, processClasses.has(name) ? 'processes' : null]
  }
  const name = memberName(node) ?? ''
  const isGlobal =
    node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'globalThis'
  return [name, isGlobal ? globalReach(name) : null]
}

const commandReach = (id: string): Reach | null => (processCommand.test(id) ? 'processes' : null)
const globalReach = (name: string): Reach | null => (networkGlobals.has(name) ? 'network' : null)
const reachIn = (table: Record<string, Reach>, name: string): Reach | null =>
  Object.hasOwn(table, name) ? (table[name] ?? null) : null
