import type { Files } from '../recipe.ts'

/** All files as they stand after the edits so far, and a sentence about each edit. */
export type Draft = { files: Files; done: readonly string[] }

/** Undefined when the request doesn't ask for this edit, or the files don't allow it. */
export type Edit = (request: string, draft: Draft) => Draft | undefined
