import { createHash } from 'node:crypto'
import { files, versionFiles } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, asc, eq } from 'drizzle-orm'

type Content = { sha256: Buffer; content: Buffer }

export function contentOf(text: string): Content {
  const content = Buffer.from(text, 'utf8')
  return { sha256: createHash('sha256').update(content).digest(), content }
}

/** Keeps contents by their SHA-256 within the org; what is there already is not written again. */
export async function storeContents(tx: OrgTx, orgId: string, contents: readonly Content[]): Promise<void> {
  const unique = new Map(contents.map((each) => [each.sha256.toString('hex'), each]))
  if (unique.size === 0) return
  // In order of the key: two transactions that store the same contents must not wait for each other crosswise.
  const sorted = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)
  await tx
    .insert(files)
    .values(sorted.map(({ sha256, content }) => ({ orgId, sha256, content, sizeBytes: content.length })))
    .onConflictDoNothing()
}

/** The files of a version, path → text, sorted by path. */
export async function readFiles(tx: OrgTx, versionId: string): Promise<Map<string, string>> {
  const rows = await tx
    .select({ path: versionFiles.path, content: files.content })
    .from(versionFiles)
    .innerJoin(files, and(eq(files.orgId, versionFiles.orgId), eq(files.sha256, versionFiles.sha256)))
    .where(eq(versionFiles.versionId, versionId))
    .orderBy(asc(versionFiles.path))
  return new Map(rows.map((row) => [row.path, row.content.toString('utf8')]))
}

/** One stored content by its hash. */
export async function readContent(tx: OrgTx, sha256: Buffer): Promise<string> {
  const [row] = await tx.select({ content: files.content }).from(files).where(eq(files.sha256, sha256))
  if (row === undefined) throw new Error('a version names a content that is not stored')
  return row.content.toString('utf8')
}
