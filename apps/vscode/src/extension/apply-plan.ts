import { createHash } from 'node:crypto'
import { checkPath } from '@tallyforge/core/plugins/paths'

export type PlannedFile = {
  path: string
  text: string
  change: 'added' | 'changed'
  /** What was found there, as its hash: two plans that are the same write over the same. Null for a file that is new. */
  foundHash: string | null
}

/** What writing a version into a folder would do: each file that is new or differs there, and what cannot be written. */
export type ApplyPlan = {
  files: PlannedFile[]
  unchanged: number
  refused: { path: string; reason: string }[]
}

/** What a folder has at a path: nothing, a file's text, or something that must not be written over. */
export type Found = null | string | { blocked: string }

/**
 * Plans to write files below a folder. Nothing is ever deleted. The paths come from a server: they are judged here again, by the rules
 * that every plugin keeps, which no absolute path, no `..`, and no hidden name such as `.git` passes.
 */
export async function planApply(
  files: readonly { path: string; text: string }[],
  find: (path: string) => Promise<Found>,
): Promise<ApplyPlan> {
  const plan: ApplyPlan = { files: [], unchanged: 0, refused: [] }
  for (const { path, text } of files) {
    const reason = checkPath(path)
    if (reason !== null) {
      plan.refused.push({ path, reason })
      continue
    }
    const found = await find(path)
    if (found !== null && typeof found === 'object') plan.refused.push({ path, reason: found.blocked })
    else if (found === text) plan.unchanged++
    else if (found === null) plan.files.push({ path, text, change: 'added', foundHash: null })
    else plan.files.push({ path, text, change: 'changed', foundHash: hash(found) })
  }
  return plan
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
