import type { Node } from './plugin-tree.ts'

/** What a command is about: a line of the tree, or the ids that a message or a link carries. */
export type Subject = { pluginId: string | null; versionId: string | null }

/** Reads the argument of a command, which anybody may have called with anything. */
export function readSubject(argument: unknown): Subject {
  if (typeof argument !== 'object' || argument === null) return { pluginId: null, versionId: null }
  if (isNode(argument)) {
    if (argument.kind === 'more') return { pluginId: null, versionId: null }
    return {
      pluginId: argument.plugin.id,
      versionId: argument.kind === 'version' ? argument.version.id : null,
    }
  }
  const text = (name: string) => {
    const value: unknown = Reflect.get(argument, name)
    return typeof value === 'string' ? value : null
  }
  return { pluginId: text('pluginId'), versionId: text('versionId') }
}

/** The tree hands its own lines over, which nobody else can make look alike by accident. */
function isNode(argument: object): argument is Node {
  return 'kind' in argument && 'plugin' in argument
}
