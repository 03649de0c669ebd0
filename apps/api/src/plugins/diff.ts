import { toPublicId } from '@tallyforge/core/ids'
import { versions } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { structuredPatch } from 'diff'
import { and, desc, eq, lt } from 'drizzle-orm'
import { readFiles } from './files.ts'
import { currentVersionId, findVersion, requirePlugin, type Version, versionNotFound } from './versions.ts'

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

/**
 * What a version, or else the plugin's current one, changed: compared with the one that it was made from, or with the one before
 * it. Null where there is nothing to compare. @throws not_found
 */
export async function readChanges(tx: OrgTx, input: { pluginId: string; versionId?: string | undefined }) {
  const toVersionId = input.versionId ?? (await currentVersionId(tx, input.pluginId))
  if (toVersionId === null) {
    await requirePlugin(tx, input.pluginId)
    return null
  }
  const version = await findVersion(tx, toVersionId)
  if (version.pluginId !== input.pluginId) throw versionNotFound()
  const fromVersionId = version.parentId ?? (await versionIdBefore(tx, version))
  if (fromVersionId === null) return null
  return {
    fromVersionId: toPublicId('version', fromVersionId),
    toVersionId: toPublicId('version', toVersionId),
    files: await diffVersions(tx, { fromVersionId, toVersionId }),
  }
}

async function versionIdBefore(tx: OrgTx, { pluginId, number }: Version): Promise<string | null> {
  const [before] = await tx
    .select({ id: versions.id })
    .from(versions)
    .where(and(eq(versions.pluginId, pluginId), lt(versions.number, number)))
    .orderBy(desc(versions.number))
    .limit(1)
  return before?.id ?? null
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
