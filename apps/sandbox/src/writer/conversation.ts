import { readFiles } from './protocol.ts'
import type { Files } from './recipe.ts'

export type Message = { role: string; text: string }

/** What one call asks for. `gateMessages` is there for repairs only. */
export type Conversation = { request: string; currentFiles: Files; gateMessages: string | undefined }

export function readConversation(messages: readonly Message[]): Conversation {
  const asked = messages.filter((message) => message.role === 'user').map((message) => message.text)
  const last = asked.at(-1) ?? ''
  const gateMessages = between(last, 'gate-messages')
  const original = asked.findLast((text) => between(text, 'request') !== undefined)
  const plain = gateMessages === undefined ? last : (asked.findLast((text) => text !== last) ?? '')
  const source = original ?? plain
  const files = currentFilesText(source)
  return {
    request: (between(source.slice(files.length), 'request') ?? source).trim(),
    currentFiles: readFiles(files),
    gateMessages,
  }
}

/** The part of a message up to the end of its current files; empty when there are none. */
export function currentFilesText(text: string): string {
  if (!text.trimStart().startsWith('<current-files>')) return ''
  const beforeRequest = /\n<\/current-files>\s*\n<request>/.exec(text)
  const end = beforeRequest?.index ?? text.lastIndexOf('\n</current-files>')
  return end === -1 ? '' : text.slice(0, end + '\n</current-files>'.length)
}

function between(text: string, tag: string): string | undefined {
  const start = text.indexOf(`<${tag}>`)
  const end = text.lastIndexOf(`</${tag}>`)
  if (start === -1 || end < start) return undefined
  return text.slice(start + tag.length + 2, end)
}
