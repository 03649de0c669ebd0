import { compose } from './composition.ts'
import type { Conversation } from './conversation.ts'
import { followUp } from './follow-up.ts'
import { recipesFor } from './intents.ts'
import { fileBlock } from './protocol.ts'
import type { Files, Recipe } from './recipe.ts'
import { plainCommand } from './recipes/plain-command.ts'
import { recipes } from './recipes.ts'

/** What the template writer says before its files, the files, and what it says after them. */
export type Answer = { before: string; files: Files; after: string }

const who = 'I am the template writer: I put ready-made parts together and am not an AI model.'
const connect = 'A real model, once connected, can do the rest.'

export function answerTo(conversation: Conversation): Answer {
  const { gateMessages } = conversation
  return gateMessages === undefined ? firstAnswer(conversation) : repair(conversation, gateMessages)
}

export function answerText({ before, files, after }: Answer): string {
  const blocks = Object.entries(files).map(([path, content]) => fileBlock(path, content))
  return `${before}\n\n${blocks.join('\n')}\n${after}\n`
}

function firstAnswer({ request, currentFiles }: Conversation): Answer {
  if (Object.keys(currentFiles).length > 0) {
    const { files, done, undone } = followUp(request, currentFiles)
    // A paragraph of its own: it may be what is not done.
    return { before: `${who}\n\n${done}`, files, after: undone }
  }
  const chosen = recipesFor(request)
  return chosen.length > 0 ? known(chosen, request) : unknown(request)
}

function known(chosen: readonly Recipe[], request: string): Answer {
  const names = chosen.map((recipe) => `**${recipe.title}**, which ${recipe.summary}`).join(', and ')
  return {
    before: `${who} By its keywords your request matches ${names}.`,
    files: compose(chosen, request),
    after: `That is all of it. I read keywords only, so any wish beyond this part was not understood. ${connect}`,
  }
}

function unknown(request: string): Answer {
  const can = recipes.map((recipe) => `- **${recipe.title}**: ${recipe.summary}`).join('\n')
  return {
    before: `${who}\n\nNot done: what you asked for. I could not do it, because none of my parts fits. So that you have something that works, here is a small extension with one command that shows your request, and nothing more.`,
    files: compose([plainCommand], request),
    after: `This is what I can build, alone or two together:\n\n${can}\n\n${connect}`,
  }
}

/** Writes again, from the parts, the files that the gate's messages name (or all when none is named). */
function repair(conversation: Conversation, gateMessages: string): Answer {
  const { files } = firstAnswer(conversation)
  const named = Object.entries(files).filter(([path]) => gateMessages.includes(path))
  const first = gateMessages
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '')
  return {
    before: `${who} I read this message: “${(first ?? 'none').slice(0, 300)}”. I write ${named.length > 0 ? 'the files it names' : 'all files'} again in their proper form.`,
    files: named.length > 0 ? Object.fromEntries(named) : files,
    after: 'I cannot reason about the message itself.',
  }
}
