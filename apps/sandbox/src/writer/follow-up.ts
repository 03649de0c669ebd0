import { addRecipes } from './follow-ups/addition.ts'
import type { Draft, Edit } from './follow-ups/draft.ts'
import { bindKeys } from './follow-ups/keybinding.ts'
import { rename } from './follow-ups/naming.ts'
import { changeSettings } from './follow-ups/setting.ts'
import type { Files } from './recipe.ts'

export type FollowUp = { files: Files; done: string; undone: string }

const limits =
  'I know these changes: rename a command or the extension, describe it, bind keys, add a setting or change its default, and add another of my parts. Any other wish in your words was not read.'

/** The changed files of an extension, whole; a CHANGELOG line when nothing in the request is understood. */
export function followUp(request: string, currentFiles: Files): FollowUp {
  const start: Draft = { files: currentFiles, done: [] }
  const named = apply(start, rename, request)
  // A new name may sound like one of the parts ("call the command Word Count"): then it is only a name.
  const edits = named === start ? [addRecipes, changeSettings, bindKeys] : [changeSettings, bindKeys]
  const draft = edits.reduce((current, edit) => apply(current, edit, request), named)

  const changed = Object.entries(draft.files).filter(([path, content]) => currentFiles[path] !== content)
  if (changed.length === 0) return notDone(request, currentFiles, draft.done)
  return { files: Object.fromEntries(changed), done: draft.done.join(' '), undone: limits }
}

function apply(draft: Draft, edit: Edit, request: string): Draft {
  return edit(request, draft) ?? draft
}

function notDone(request: string, currentFiles: Files, notes: readonly string[]): FollowUp {
  const before = currentFiles['CHANGELOG.md']?.trimEnd() ?? '# Changelog'
  const words = request.replace(/\s+/g, ' ').trim()
  const short = words.length > 300 ? `${words.slice(0, 299)}…` : words
  const line = `- Not done: “${short}” (the template writer is not an AI model and did not understand it).`
  return {
    files: { 'CHANGELOG.md': `${before}\n\n${line}\n` },
    done: [
      notes.join(' '),
      'Not done: this change. I did not understand it, so the extension works as before; I only noted the request in CHANGELOG.md.',
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    undone: `${limits} A real model, once connected, can do the rest.`,
  }
}
