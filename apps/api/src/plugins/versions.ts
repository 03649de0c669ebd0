import { DomainError } from '@tallyforge/core/errors'
import { toPublicId } from '@tallyforge/core/ids'
import type { GateStepResult, PluginSummary } from '@tallyforge/core/plugins/gate'
import { type PluginIdentity, type PluginManifest, pluginName } from '@tallyforge/core/plugins/identity'
import { isFinal, type VersionOrigin, type VersionState } from '@tallyforge/core/plugins/states'
import { utf8Bytes } from '@tallyforge/core/plugins/text'
import { generations, plugins, versionFiles, versions } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { page, readCursor } from '../paging.ts'
import { contentOf, readFiles, storeContents } from './files.ts'
import { notify } from './generations/hub.ts'
import { titleFromVersion } from './titles.ts'

export type Version = typeof versions.$inferSelect

export type NewVersion = {
  orgId: string
  pluginId: string
  parentId: string | null
  state: VersionState
  origin: VersionOrigin
  label: string
  files: ReadonlyMap<string, string>
  steps: GateStepResult[]
  /** What the gate proved; null for a version that is not ready. */
  build: { manifest: PluginManifest; summary: PluginSummary; bundle: string | null } | null
  operationId: string
  requestHash: Buffer
  createdBy: string
}

/**
 * Makes a version: the next number of its plugin (under the plugin's row lock), its contents and its file list, in the
 * caller's transaction. The first ready version settles the plugin's name in the editor; each manifest gets that name and its
 * own number, so that it installs over the one before. The title in lists follows what a ready version calls itself.
 */
export async function insertVersion(tx: OrgTx, input: NewVersion): Promise<Version> {
  const { files, build, ...row } = input
  const [plugin] = await tx
    .update(plugins)
    .set({
      lastVersion: sql`${plugins.lastVersion} + 1`,
      updatedAt: sql`now()`,
      ...(build === null ? {} : { description: build.summary.description }),
    })
    .where(eq(plugins.id, input.pluginId))
    .returning()
  if (plugin === undefined) throw pluginNotFound()
  const name = build === null ? plugin.packageName : await settleNames(tx, plugin, build)
  const contents = [...files].map(([path, text]) => ({ path, ...contentOf(text) }))
  const bundle = build?.bundle == null ? null : contentOf(build.bundle)
  await storeContents(tx, input.orgId, bundle === null ? contents : [...contents, bundle])
  const [version] = await tx
    .insert(versions)
    .values({
      ...row,
      number: plugin.lastVersion,
      manifest: build === null ? null : { ...build.manifest, name, version: `0.0.${plugin.lastVersion}` },
      summary: build?.summary ?? null,
      bundleSha256: bundle?.sha256 ?? null,
    })
    .returning()
  if (version === undefined) throw new Error('inserting a version returned nothing')
  await notify(tx, { kind: 'plugin', orgId: input.orgId, pluginId: input.pluginId })
  if (contents.length > 0) {
    await tx
      .insert(versionFiles)
      .values(
        contents.map(({ path, sha256 }) => ({ orgId: input.orgId, versionId: version.id, path, sha256 })),
      )
  }
  return version
}

/** The row is locked: of two first versions that end at once, the second one finds the name of the first. */
async function settleNames(
  tx: OrgTx,
  plugin: typeof plugins.$inferSelect,
  { manifest, summary }: { manifest: PluginManifest; summary: PluginSummary },
): Promise<string> {
  const before = await newestReady(tx, plugin.id)
  const title = titleFromVersion(plugin.title, summary.displayName, {
    displayName: before?.summary?.displayName ?? null,
    prompt: await firstPrompt(tx, plugin.id),
  })
  const packageName = before === null ? manifest.name : plugin.packageName
  if (title !== null || packageName !== plugin.packageName) {
    await tx
      .update(plugins)
      .set({ packageName, title: title ?? plugin.title })
      .where(eq(plugins.id, plugin.id))
  }
  return packageName
}

/** The prompt that a plugin was made with; null for a copy that nobody has prompted. */
async function firstPrompt(tx: OrgTx, pluginId: string): Promise<string | null> {
  const [first] = await tx
    .select({ prompt: generations.prompt })
    .from(generations)
    .where(eq(generations.pluginId, pluginId))
    .orderBy(asc(generations.id))
    .limit(1)
  return first?.prompt ?? null
}

/** Who the plugin's next version is for the gate: the name it has, or the one that its first ready version will give it. */
export async function nextIdentity(
  tx: OrgTx,
  plugin: typeof plugins.$inferSelect,
): Promise<(displayName: string) => PluginIdentity> {
  const isNamed = (await newestReady(tx, plugin.id)) !== null
  const id = toPublicId('plugin', plugin.id)
  return (displayName) => ({
    name: isNamed ? plugin.packageName : pluginName(id, displayName, plugin.title),
    versionNumber: plugin.lastVersion + 1,
  })
}

/** The version an operation made before, if any. The operation was entered: it asked for the same thing. */
export async function findReplay(tx: OrgTx, operationId: string): Promise<Version | null> {
  const [version] = await tx.select().from(versions).where(eq(versions.operationId, operationId))
  return version ?? null
}

/** One row of a version. @throws not_found */
export async function findVersion(tx: OrgTx, versionId: string): Promise<Version> {
  const [version] = await tx.select().from(versions).where(eq(versions.id, versionId))
  if (version === undefined) throw versionNotFound()
  return version
}

/** The newest version of a plugin that can be installed, or null. */
export async function newestReady(tx: OrgTx, pluginId: string): Promise<Version | null> {
  const [version] = await tx
    .select()
    .from(versions)
    .where(and(eq(versions.pluginId, pluginId), eq(versions.state, 'ready')))
    .orderBy(desc(versions.number))
    .limit(1)
  return version ?? null
}

/** Versions of a plugin, newest first. @throws not_found */
export async function listVersions(
  tx: OrgTx,
  input: { pluginId: string; cursor?: string | null | undefined; limit: number },
) {
  const after = readCursor(input.cursor)
  const rows = await tx
    .select({ version: versions, generationId: generations.id })
    .from(versions)
    .leftJoin(
      generations,
      and(
        eq(generations.orgId, versions.orgId),
        eq(generations.versionId, versions.id),
        eq(generations.pluginId, versions.pluginId),
      ),
    )
    .where(
      and(
        eq(versions.pluginId, input.pluginId),
        after === null
          ? undefined
          : sql`(${versions.createdAt}, ${versions.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(desc(versions.createdAt), desc(versions.id))
    .limit(input.limit + 1)
  if (rows.length === 0) await requirePlugin(tx, input.pluginId)
  return page(
    rows,
    input.limit,
    (row) => ({ at: row.version.createdAt, id: row.version.id }),
    (row) => presentVersion(row.version, row.generationId),
  )
}

/** One version with its files, steps and summary. @throws not_found */
export async function readVersion(tx: OrgTx, versionId: string) {
  const version = await findVersion(tx, versionId)
  const files = await readFiles(tx, versionId)
  const [generation] = await tx
    .select({ id: generations.id })
    .from(generations)
    .where(eq(generations.versionId, versionId))
  return {
    ...presentVersion(version, generation?.id ?? null),
    files: [...files].map(([path, text]) => ({ path, text, sizeBytes: utf8Bytes(text) })),
    steps: version.steps,
    summary: version.summary,
  }
}

/**
 * The version that a plugin's page begins with: the newest one, or, while a generation runs, the one that it goes on from.
 * Null when there is none. @throws not_found
 */
export async function readCurrentVersion(tx: OrgTx, pluginId: string) {
  const versionId = await currentVersionId(tx, pluginId)
  if (versionId !== null) return readVersion(tx, versionId)
  await requirePlugin(tx, pluginId)
  return null
}

/** The id of `readCurrentVersion`'s version. */
export async function currentVersionId(tx: OrgTx, pluginId: string): Promise<string | null> {
  const [generation] = await tx
    .select({ state: generations.state, parentVersionId: generations.parentVersionId })
    .from(generations)
    .where(eq(generations.pluginId, pluginId))
    .orderBy(desc(generations.createdAt), desc(generations.id))
    .limit(1)
  if (generation !== undefined && !isFinal(generation.state)) return generation.parentVersionId
  const [newest] = await tx
    .select({ id: versions.id })
    .from(versions)
    .where(eq(versions.pluginId, pluginId))
    .orderBy(desc(versions.number))
    .limit(1)
  return newest?.id ?? null
}

/** A version as clients see it. */
export function presentVersion(version: Version, generationId: string | null) {
  return {
    id: toPublicId('version', version.id),
    pluginId: toPublicId('plugin', version.pluginId),
    number: version.number,
    parentId: version.parentId === null ? null : toPublicId('version', version.parentId),
    state: version.state,
    origin: version.origin,
    generationId: generationId === null ? null : toPublicId('generation', generationId),
    fileName: version.manifest === null ? null : vsixName(version.manifest),
    label: version.label,
    createdBy: toPublicId('user', version.createdBy),
    createdAt: version.createdAt,
  }
}

/** `<name>-0.0.<number>.vsix`: a slug of ours, safe as a file name and in a header. */
export function vsixName(manifest: PluginManifest): string {
  return `${manifest.name}-${manifest.version}.vsix`
}

/** What has no rows may have no plugin either, and then an empty answer would be a wrong one. @throws not_found */
export async function requirePlugin(tx: OrgTx, pluginId: string): Promise<void> {
  if ((await tx.$count(plugins, eq(plugins.id, pluginId))) === 0) throw pluginNotFound()
}

export function pluginNotFound(): DomainError {
  return new DomainError('not_found', 'This plugin does not exist.')
}

export function versionNotFound(): DomainError {
  return new DomainError('not_found', 'This version does not exist.')
}
