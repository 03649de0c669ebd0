import { DomainError } from '@tallyforge/core/errors'
import { plugins } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { eq } from 'drizzle-orm'
import { requestHash } from '../request-hash.ts'
import type { OrgContext } from '../trpc.ts'
import { readContent, readFiles } from './files.ts'
import { enterOperation } from './operations.ts'
import { findPlugin, insertPlugin, readPlugin, requireActive } from './plugins.ts'
import { copyTitle } from './titles.ts'
import { findReplay, findVersion, insertVersion, presentVersion, type Version } from './versions.ts'

type CopyInput = { operationId: string; versionId: string }

/**
 * Makes a new version with the files of an older one; nothing is overwritten. What the gate proved of those files holds
 * for the copy. Replaying the operation answers the first copy.
 * @throws not_found; conflict for a version that is not ready, an archived plugin, or an operation used for something else.
 */
export async function restoreVersion(tx: OrgTx, org: OrgContext, input: CopyInput) {
  const hash = requestHash('restore', { versionId: input.versionId })
  await enterOperation(tx, org.id, { id: input.operationId, requestHash: hash })
  const replay = await findReplay(tx, input.operationId)
  if (replay !== null) return presentVersion(replay, null)
  const source = await readySource(tx, input.versionId)
  requireActive(await findPlugin(tx, source.pluginId))
  const version = await insertVersion(tx, {
    ...(await copyOf(tx, source)),
    pluginId: source.pluginId,
    parentId: source.id,
    origin: 'restore',
    label: `Restored version ${source.number}`,
    operationId: input.operationId,
    requestHash: hash,
    createdBy: org.userId,
  })
  return presentVersion(version, null)
}

/** A new plugin that begins with the files of a ready version. Replaying the operation answers the first one. */
export async function duplicateVersion(tx: OrgTx, org: OrgContext, input: CopyInput) {
  const hash = requestHash('duplicate', { versionId: input.versionId })
  await enterOperation(tx, org.id, { id: input.operationId, requestHash: hash })
  const [replay] = await tx.select().from(plugins).where(eq(plugins.operationId, input.operationId))
  if (replay !== undefined) return readPlugin(tx, replay.id)
  const source = await readySource(tx, input.versionId)
  const original = await findPlugin(tx, source.pluginId)
  const plugin = await insertPlugin(tx, {
    orgId: org.id,
    title: copyTitle(original.title),
    target: original.target,
    operationId: input.operationId,
    requestHash: hash,
    createdBy: org.userId,
  })
  const copy = await copyOf(tx, source)
  await insertVersion(tx, {
    ...copy,
    // The copy is another extension in the editor: it must not install over the original.
    build: { ...copy.build, manifest: { ...copy.build.manifest, name: plugin.packageName } },
    pluginId: plugin.id,
    parentId: null,
    origin: 'duplicate',
    label: `Copied from ${original.title}, version ${source.number}`,
    operationId: input.operationId,
    requestHash: hash,
    createdBy: org.userId,
  })
  return readPlugin(tx, plugin.id)
}

type ReadyVersion = Version & {
  manifest: NonNullable<Version['manifest']>
  summary: NonNullable<Version['summary']>
}

async function readySource(tx: OrgTx, versionId: string): Promise<ReadyVersion> {
  const version = await findVersion(tx, versionId)
  const { state, manifest, summary } = version
  if (state !== 'ready' || manifest === null || summary === null) {
    throw new DomainError('conflict', 'This version did not pass the checks. Choose one that is ready.')
  }
  return { ...version, manifest, summary }
}

async function copyOf(tx: OrgTx, source: ReadyVersion) {
  const bundle = source.bundleSha256 === null ? null : await readContent(tx, source.bundleSha256)
  return {
    orgId: source.orgId,
    state: 'ready' as const,
    files: await readFiles(tx, source.id),
    steps: source.steps,
    build: { manifest: source.manifest, summary: source.summary, bundle },
  }
}
