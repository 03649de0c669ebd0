import type { Model } from './models.ts'
import { type Answer, answerText, answerTo } from './writer/answer.ts'
import type { Conversation } from './writer/conversation.ts'
import { listOf, objectOf, readManifest, writeManifest } from './writer/manifest.ts'
import type { Files } from './writer/recipe.ts'

const entryPath = 'src/extension.ts'
const emptyEntry = 'export function activate(): void {\n  // Nothing to start.\n}\n'
const typeError = "\nexport const brokenOnPurpose: number = 'this is not a number'\n"
const notice = 'I am the template writer, not an AI model, and I misbehave on purpose for tests.'

/** Everything a model answers to a conversation; `huge` and `long` are streamed elsewhere. */
export function modelText(model: Model, conversation: Conversation): string {
  if (model.text === 'prose') return `${notice} This answer has no files at all, only these words.\n`
  // Nothing but white space at first, and a whole answer once the platform complains.
  if (model.text === 'blank' && conversation.gateMessages === undefined) return ' \n\n'
  const answer = answerTo(conversation)
  if (model.text === 'invalid') return answerText(broken(answer, conversation))
  if (model.text === 'fixable') return answerText(fixable(answer, conversation))
  if (model.text === 'unregistered') return answerText(unregistered(answer, conversation))
  if (model.text === 'traversal') return answerText(traversal(answer))
  return answerText(answer)
}

function broken(answer: Answer, conversation: Conversation): Answer {
  const files = { ...answer.files, [entryPath]: goodEntry(conversation) + typeError }
  return { before: notice, files, after: 'The last line of src/extension.ts does not type check.' }
}

function fixable(answer: Answer, conversation: Conversation): Answer {
  if (conversation.gateMessages === undefined) return broken(answer, conversation)
  const files = { [entryPath]: goodEntry(conversation) }
  return { before: `${notice} I repair what I broke.`, files, after: 'This is the file without the mistake.' }
}

/** The entry file as it should be after this conversation. */
function goodEntry(conversation: Conversation): string {
  const { files } = answerTo({ ...conversation, gateMessages: undefined })
  return files[entryPath] ?? conversation.currentFiles[entryPath] ?? emptyEntry
}

function unregistered(answer: Answer, conversation: Conversation): Answer {
  const text = answer.files['package.json'] ?? conversation.currentFiles['package.json']
  const manifest = readManifest(text) ?? { displayName: 'Unregistered' }
  const contributes = objectOf(manifest.contributes)
  const extra = { command: 'sandbox.neverRegistered', title: 'Never Registered' }
  const before = listOf(contributes.commands).filter((entry) => objectOf(entry).command !== extra.command)
  const changed = { ...manifest, contributes: { ...contributes, commands: [...before, extra] } }
  const files: Files = { ...answer.files, 'package.json': writeManifest(changed) }
  return { before: notice, files, after: 'No code registers the command sandbox.neverRegistered.' }
}

function traversal(answer: Answer): Answer {
  const evil = 'export const evil = true\n'
  // Entries, not a literal: in a literal "__proto__" would set the prototype.
  const files = Object.fromEntries([
    ...Object.entries(answer.files),
    ['../evil.ts', evil],
    ['/tmp/evil.ts', evil],
    ['src/../../evil.ts', evil],
    ['__proto__', evil],
  ])
  return { before: notice, files, after: 'Some of these paths leave the extension’s folder.' }
}
