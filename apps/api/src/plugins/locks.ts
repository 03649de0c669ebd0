import { DomainError } from '@tallyforge/core/errors'
import { makerLimits } from '@tallyforge/core/plugins/limits'
import { pluginLocks, plugins, versionFiles, versions } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, asc, eq } from 'drizzle-orm'
import type { OrgContext } from '../trpc.ts'
import { notify } from './generations/hub.ts'
import { readPlugin, requireActive } from './plugins.ts'
import { pluginNotFound } from './versions.ts'

type LockInput = { pluginId: string; path: string }

/**
 * Locks a file: no model changes it until somebody unlocks it, people still may. Holds from the answer on that a model is
 * writing at that moment. Doing it twice changes nothing.
 * @throws not_found, also for a path that no version has; conflict for an archived plugin; limit_reached.
 */
export async function lockFile(tx: OrgTx, org: OrgContext, { pluginId, path }: LockInput) {
  await enterPlugin(tx, pluginId)
  await requireFile(tx, pluginId, path)
  const others = (await readLocks(tx, pluginId)).filter((other) => other !== path)
  if (others.length >= makerLimits.locksPerPlugin) {
    throw new DomainError(
      'limit_reached',
      `${makerLimits.locksPerPlugin} files of this plugin are locked. Unlock one first.`,
    )
  }
  await tx
    .insert(pluginLocks)
    .values({ orgId: org.id, pluginId, path, createdBy: org.userId })
    .onConflictDoNothing()
  await notify(tx, { kind: 'plugin', orgId: org.id, pluginId })
  return readPlugin(tx, pluginId)
}

/** Lets models change a file again. Unlocking what is not locked changes nothing. @throws as {@link lockFile} */
export async function unlockFile(tx: OrgTx, org: OrgContext, { pluginId, path }: LockInput) {
  await enterPlugin(tx, pluginId)
  await requireFile(tx, pluginId, path)
  await tx.delete(pluginLocks).where(and(eq(pluginLocks.pluginId, pluginId), eq(pluginLocks.path, path)))
  await notify(tx, { kind: 'plugin', orgId: org.id, pluginId })
  return readPlugin(tx, pluginId)
}

/** The locked paths of a plugin, sorted. */
export async function readLocks(tx: OrgTx, pluginId: string): Promise<string[]> {
  const rows = await tx
    .select({ path: pluginLocks.path })
    .from(pluginLocks)
    .where(eq(pluginLocks.pluginId, pluginId))
    .orderBy(asc(pluginLocks.path))
  return rows.map(({ path }) => path)
}

/** One at a time for each plugin, so that counting and inserting are one. */
async function enterPlugin(tx: OrgTx, pluginId: string): Promise<void> {
  const [plugin] = await tx.select().from(plugins).where(eq(plugins.id, pluginId)).for('update')
  if (plugin === undefined) throw pluginNotFound()
  requireActive(plugin)
}

async function requireFile(tx: OrgTx, pluginId: string, path: string): Promise<void> {
  const [found] = await tx
    .select({ path: versionFiles.path })
    .from(versionFiles)
    .innerJoin(versions, and(eq(versions.orgId, versionFiles.orgId), eq(versions.id, versionFiles.versionId)))
    .where(and(eq(versions.pluginId, pluginId), eq(versionFiles.path, path)))
    .limit(1)
  if (found === undefined) throw new DomainError('not_found', 'No version of this plugin has this file.')
}
