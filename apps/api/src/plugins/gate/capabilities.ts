import type { Capabilities } from '@tallyforge/core/plugins/gate'
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
 * What the bundle can reach on a machine, read from its imports and calls. It tells people what to expect of honest code and is no
 * sandbox. Details are names such as `node:https` or `fetch`, sorted.
 */
export function readCapabilities(bundle: string | null): Capabilities {
  const found = new Map<string, Reach>()
  const program = bundle === null ? null : parseJavaScript(bundle)
  if (program) {
    eachNode(program, (node, isDeclared) => {
      const name = calledName(node)
      if (node.type === 'CallExpression' && name !== null) {
        const target = literalText(node.arguments[0])
        if (name === 'require' && target !== null) note(found, target, modules)
        note(found, name, apiCalls)
        if (
          workspaceFiles.has(name) &&
          node.callee.type === 'MemberExpression' &&
          memberName(node.callee.object) === 'fs'
        ) {
          found.set(`workspace.fs.${name}`, 'files')
        }
      }
      if (node.type === 'ImportExpression') note(found, literalText(node.source) ?? '', modules)
      if (node.type === 'NewExpression' && processClasses.has(memberName(node.callee) ?? '')) {
        found.set(memberName(node.callee) ?? '', 'processes')
      }
      const used = node.type === 'Identifier' && !isDeclared ? node.name : globalMember(node)
      if (used !== null && networkGlobals.has(used)) found.set(used, 'network')
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

function note(found: Map<string, Reach>, name: string, table: Record<string, Reach>): void {
  const reach = Object.hasOwn(table, name) ? table[name] : undefined
  if (reach) found.set(name, reach)
}

function globalMember(node: Parameters<typeof memberName>[0]): string | null {
  const isGlobal =
    node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === 'globalThis'
  return isGlobal ? memberName(node) : null
}
