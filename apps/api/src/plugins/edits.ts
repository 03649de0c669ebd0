import type { saveInput } from '@tallyforge/core/inputs/plugins'
import type { z } from 'zod'
import type { Context, OrgContext } from '../trpc.ts'
import { readFiles } from './files.ts'
import { runGate } from './gate/gate.ts'
import { enterOperation } from './operations.ts'
import { findPlugin } from './plugins.ts'
import { requestHash } from './request-hash.ts'
import { findReplay, findVersion, insertVersion, presentVersion } from './versions.ts'

/**
 * A hand edit: the changed files over those of a version, through the gate, into a new version. Free of charge. Refused
 * by the gate: nothing is kept and the steps say why. Replaying the operation answers the first version.
 */
export async function saveEdit(ctx: Context & { org: OrgContext }, input: z.output<typeof saveInput>) {
  const hash = requestHash('save', { versionId: input.versionId, changes: input.changes })
  const operation = { id: input.operationId, requestHash: hash }
  const before = await ctx.org.tx(async (tx) => {
    await enterOperation(tx, ctx.org.id, operation)
    const replay = await findReplay(tx, input.operationId)
    const version = await findVersion(tx, input.versionId)
    const plugin = await findPlugin(tx, version.pluginId)
    return { replay, version, plugin, files: await readFiles(tx, version.id) }
  })
  if (before.replay !== null)
    return { status: 'saved' as const, version: presentVersion(before.replay, null) }

  const files = new Map(before.files)
  for (const { path, text } of input.changes) {
    if (text === null) files.delete(path)
    else files.set(path, text)
  }
  // Outside of any transaction: the gate takes its time.
  const verdict = await runGate({
    files,
    identity: { name: before.plugin.packageName, versionNumber: before.plugin.lastVersion + 1 },
  })
  if (!verdict.ok) return { status: 'refused' as const, steps: verdict.steps }
  const version = await ctx.org.tx(async (tx) => {
    // A twin of this request may have finished while the gate ran.
    await enterOperation(tx, ctx.org.id, operation)
    const replay = await findReplay(tx, input.operationId)
    if (replay !== null) return replay
    return insertVersion(tx, {
      orgId: ctx.org.id,
      pluginId: before.plugin.id,
      parentId: before.version.id,
      state: 'ready',
      origin: 'edit',
      label: `Edited by hand from version ${before.version.number}`,
      files,
      steps: verdict.steps,
      build: verdict,
      operationId: input.operationId,
      requestHash: hash,
      createdBy: ctx.org.userId,
    })
  })
  return { status: 'saved' as const, version: presentVersion(version, null) }
}
