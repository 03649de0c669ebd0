import type { OrgTx } from '@tallyforge/db/tenancy'
import { structuredPatch } from 'diff'
import { readFiles } from './files.ts'
import { findVersion } from './versions.ts'

/** The time that comparing may keep the server busy, over all files: past it they are shown as replaced. */
const budgetMs = 500

/** What changed between two versions, file by file in path order. Files that are the same are left out. */
export async function diffVersions(tx: OrgTx, input: { fromVersionId: string; toVersionId: string }) {
  await findVersion(tx, input.fromVersionId)
  await findVersion(tx, input.toVersionId)
  const before = await readFiles(tx, input.fromVersionId)
  const after = await readFiles(tx, input.toVersionId)
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort()
  const end = performance.now() + budgetMs
  return paths
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => diffFile(path, before.get(path), after.get(path), end))
}

function diffFile(path: string, before: string | undefined, after: string | undefined, end: number) {
  const patch = structuredPatch(path, path, before ?? '', after ?? '', undefined, undefined, {
    context: 3,
    timeout: Math.max(1, end - performance.now()),
  })
  const hunks = patch?.hunks ?? []
  const lines = hunks.flatMap((hunk) => hunk.lines)
  return {
    path,
    status: statusOf(before, after),
    addedLines: lines.filter((line) => line.startsWith('+')).length,
    deletedLines: lines.filter((line) => line.startsWith('-')).length,
    before: before ?? '',
    after: after ?? '',
    hunks: hunks.map((hunk) => ({
      beforeStart: hunk.oldStart,
      afterStart: hunk.newStart,
      lines: hunk.lines,
    })),
  }
}

function statusOf(before: string | undefined, after: string | undefined) {
  if (before === undefined) return 'added' as const
  return after === undefined ? ('deleted' as const) : ('changed' as const)
}
