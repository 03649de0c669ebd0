import { DomainError } from '@tallyforge/core/errors'
import { toPublicId } from '@tallyforge/core/ids'
import { pluginName } from '@tallyforge/core/plugins/identity'
import type { PluginState } from '@tallyforge/core/plugins/states'
import { generations, pluginLocks, plugins, versions } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { notify } from './generations/hub.ts'
import { pluginNotFound } from './versions.ts'

export type Plugin = typeof plugins.$inferSelect

/** Makes an empty plugin. Its name in the editor is a first one: its first ready version settles it. */
export async function insertPlugin(
  tx: OrgTx,
  input: {
    orgId: string
    title: string
    target: 'vscode'
    operationId: string
    requestHash: Buffer
    createdBy: string
  },
): Promise<Plugin> {
  // The package's name is made from the id, so the id is asked for first; the database makes them, in order of time.
  const [next] = await tx.execute<{ id: string }>(sql`select uuidv7() as id`)
  if (next === undefined) throw new Error('the database made no id')
  const [plugin] = await tx
    .insert(plugins)
    .values({ ...input, id: next.id, packageName: pluginName(toPublicId('plugin', next.id), input.title) })
    .returning()
  if (plugin === undefined) throw new Error('inserting a plugin returned nothing')
  return plugin
}

/** @throws not_found */
export async function findPlugin(tx: OrgTx, pluginId: string): Promise<Plugin> {
  const [plugin] = await tx.select().from(plugins).where(eq(plugins.id, pluginId))
  if (plugin === undefined) throw pluginNotFound()
  return plugin
}

/** Whatever makes a version asks first; what looks, renames or copies away does not. @throws conflict for an archived plugin. */
export function requireActive(plugin: Plugin): void {
  if (plugin.state === 'archived') {
    throw new DomainError('conflict', 'This plugin is archived. Bring it back first.')
  }
}

/** Plugins as clients see them, in the order given. */
export async function presentPlugins(tx: OrgTx, rows: Plugin[]) {
  const facts = await factsOf(
    tx,
    rows.map((row) => row.id),
  )
  return rows.map((row) => present(row, facts))
}

/** @throws not_found */
export async function readPlugin(tx: OrgTx, pluginId: string) {
  const [shown] = await presentPlugins(tx, [await findPlugin(tx, pluginId)])
  if (shown === undefined) throw pluginNotFound()
  return shown
}

/** @throws not_found */
export function renamePlugin(tx: OrgTx, input: { pluginId: string; title: string }) {
  return change(tx, input.pluginId, { title: input.title })
}

/** Archives or brings back. Doing it twice changes nothing. @throws not_found */
export function setPluginState(tx: OrgTx, pluginId: string, state: PluginState) {
  return change(tx, pluginId, { state })
}

async function change(tx: OrgTx, pluginId: string, values: { title?: string; state?: PluginState }) {
  const [plugin] = await tx
    .update(plugins)
    .set({ ...values, updatedAt: sql`now()` } satisfies Record<string, string | SQL>)
    .where(eq(plugins.id, pluginId))
    .returning()
  if (plugin === undefined) throw pluginNotFound()
  await notify(tx, { kind: 'plugin', orgId: plugin.orgId, pluginId: plugin.id })
  return present(plugin, await factsOf(tx, [plugin.id]))
}

type VersionFact = { id: string; number: number; state: 'ready' | 'failed' | 'canceled' }
type Facts = {
  latest: Map<string, VersionFact>
  ready: Map<string, VersionFact>
  locked: Map<string, string[]>
  running: Map<string, Pick<typeof generations.$inferSelect, 'id' | 'state' | 'createdAt' | 'startedAt'>>
}

/** What a list shows beside each plugin: newest version, newest ready one, newest generation that has not ended. */
async function factsOf(tx: OrgTx, pluginIds: string[]): Promise<Facts> {
  if (pluginIds.length === 0)
    return { latest: new Map(), ready: new Map(), locked: new Map(), running: new Map() }
  const columns = {
    pluginId: versions.pluginId,
    id: versions.id,
    number: versions.number,
    state: versions.state,
  }
  const newest = (condition?: SQL) =>
    tx
      .selectDistinctOn([versions.pluginId], columns)
      .from(versions)
      .where(and(inArray(versions.pluginId, pluginIds), condition))
      .orderBy(versions.pluginId, desc(versions.number))
  const latest = await newest()
  const ready = await newest(eq(versions.state, 'ready'))
  const running = await tx
    .selectDistinctOn([generations.pluginId], {
      pluginId: generations.pluginId,
      id: generations.id,
      state: generations.state,
      createdAt: generations.createdAt,
      startedAt: generations.startedAt,
    })
    .from(generations)
    .where(and(inArray(generations.pluginId, pluginIds), isNull(generations.finishedAt)))
    .orderBy(generations.pluginId, desc(generations.createdAt))
  const locks = await tx
    .select({ pluginId: pluginLocks.pluginId, path: pluginLocks.path })
    .from(pluginLocks)
    .where(inArray(pluginLocks.pluginId, pluginIds))
    .orderBy(asc(pluginLocks.path))
  const locked = new Map(pluginIds.map((id) => [id, [] as string[]]))
  for (const { pluginId, path } of locks) locked.get(pluginId)?.push(path)
  const byPlugin = <Row extends { pluginId: string }>(rows: Row[]) =>
    new Map(rows.map((row) => [row.pluginId, row]))
  return { latest: byPlugin(latest), ready: byPlugin(ready), locked, running: byPlugin(running) }
}

function present(plugin: Plugin, facts: Facts) {
  const latest = facts.latest.get(plugin.id)
  const ready = facts.ready.get(plugin.id)
  const running = facts.running.get(plugin.id)
  return {
    id: toPublicId('plugin', plugin.id),
    title: plugin.title,
    description: plugin.description,
    target: plugin.target,
    state: plugin.state,
    createdAt: plugin.createdAt,
    updatedAt: plugin.updatedAt,
    latestVersion: latest
      ? { id: toPublicId('version', latest.id), number: latest.number, state: latest.state }
      : null,
    lockedPaths: facts.locked.get(plugin.id) ?? [],
    readyVersion: ready ? { id: toPublicId('version', ready.id), number: ready.number } : null,
    activeGeneration: running
      ? {
          id: toPublicId('generation', running.id),
          state: running.state,
          createdAt: running.createdAt,
          startedAt: running.startedAt,
        }
      : null,
  }
}
