import { toPublicId } from '@tallyforge/core/ids'
import { pluginName } from '@tallyforge/core/plugins/identity'
import type { PluginState } from '@tallyforge/core/plugins/states'
import { generations, plugins, versions } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { page, readCursor } from '../paging.ts'
import { pluginNotFound } from './versions.ts'

export type Plugin = typeof plugins.$inferSelect

/** Makes an empty plugin. Its name in the editor is fixed here, so that every version installs over the last. */
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

/** A title from the first line of a prompt, cut at a word. */
export function titleFromPrompt(prompt: string): string {
  const line = prompt.split('\n')[0]?.replaceAll(/\s+/g, ' ').trim() ?? ''
  const characters = [...line]
  if (characters.length <= 60) return line === '' ? 'Untitled plugin' : line
  const cut = characters.slice(0, 60).join('')
  const words = cut.slice(0, Math.max(cut.lastIndexOf(' '), 30))
  return `${words.trimEnd()}…`
}

/** @throws not_found */
export async function findPlugin(tx: OrgTx, pluginId: string): Promise<Plugin> {
  const [plugin] = await tx.select().from(plugins).where(eq(plugins.id, pluginId))
  if (plugin === undefined) throw pluginNotFound()
  return plugin
}

type ListInput = { state: PluginState; search: string; cursor?: string | null | undefined; limit: number }

/** Plugins of the org by last change, newest first. `search` is found anywhere in title or description. */
export async function listPlugins(tx: OrgTx, input: ListInput) {
  const after = readCursor(input.cursor)
  const pattern = `%${input.search.replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = await tx
    .select()
    .from(plugins)
    .where(
      and(
        eq(plugins.state, input.state),
        input.search === ''
          ? undefined
          : sql`(${plugins.title} ilike ${pattern} or ${plugins.description} ilike ${pattern})`,
        after === null
          ? undefined
          : sql`(${plugins.updatedAt}, ${plugins.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(desc(plugins.updatedAt), desc(plugins.id))
    .limit(input.limit + 1)
  const facts = await factsOf(
    tx,
    rows.slice(0, input.limit).map((row) => row.id),
  )
  return page(
    rows,
    input.limit,
    (row) => ({ at: row.updatedAt, id: row.id }),
    (row) => present(row, facts),
  )
}

/** @throws not_found */
export async function readPlugin(tx: OrgTx, pluginId: string) {
  const plugin = await findPlugin(tx, pluginId)
  return present(plugin, await factsOf(tx, [plugin.id]))
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
  return present(plugin, await factsOf(tx, [plugin.id]))
}

type VersionFact = { id: string; number: number; state: 'ready' | 'failed' | 'canceled' }
type Facts = {
  latest: Map<string, VersionFact>
  ready: Map<string, VersionFact>
  running: Map<string, { id: string; state: (typeof generations.$inferSelect)['state'] }>
}

/** What a list shows beside each plugin: newest version, newest ready one, newest generation that has not ended. */
async function factsOf(tx: OrgTx, pluginIds: string[]): Promise<Facts> {
  if (pluginIds.length === 0) return { latest: new Map(), ready: new Map(), running: new Map() }
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
    })
    .from(generations)
    .where(and(inArray(generations.pluginId, pluginIds), isNull(generations.finishedAt)))
    .orderBy(generations.pluginId, desc(generations.createdAt))
  const byPlugin = <Row extends { pluginId: string }>(rows: Row[]) =>
    new Map(rows.map((row) => [row.pluginId, row]))
  return { latest: byPlugin(latest), ready: byPlugin(ready), running: byPlugin(running) }
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
    readyVersion: ready ? { id: toPublicId('version', ready.id), number: ready.number } : null,
    activeGeneration: running ? { id: toPublicId('generation', running.id), state: running.state } : null,
  }
}
