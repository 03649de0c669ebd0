import { DomainError } from '@tallyforge/core/errors'
import type { revertFileInput, saveInput } from '@tallyforge/core/inputs/plugins'
import type { OrgTx } from '@tallyforge/db/tenancy'
import type { z } from 'zod'
import { requestHash } from '../request-hash.ts'
import type { Context, OrgContext } from '../trpc.ts'
import { readFiles } from './files.ts'
import { runGate } from './gate/gate.ts'
import { enterOperation } from './operations.ts'
import { findPlugin, requireActive } from './plugins.ts'
import { createSingleFlight } from './single-flight.ts'
import {
  findReplay,
  findVersion,
  insertVersion,
  nextIdentity,
  presentVersion,
  type Version,
  versionNotFound,
} from './versions.ts'

type Ctx = Context & { org: OrgContext }
type Files = ReadonlyMap<string, string>

/**
 * A hand edit: the changed files over those of a version, through the gate, into a new version. Free of charge. Refused
 * by the gate: nothing is kept and the steps say why. Replaying the operation answers the first version.
 * @throws not_found; conflict for an archived plugin, or an operation used for something else.
 */
export function saveEdit(ctx: Ctx, input: z.output<typeof saveInput>) {
  const hash = requestHash('save', { versionId: input.versionId, changes: input.changes })
  return makeEdit(ctx, {
    operation: { id: input.operationId, requestHash: hash },
    versionId: input.versionId,
    edit: async (_, version, before) => {
      const files = new Map(before)
      for (const { path, text } of input.changes) {
        if (text === null) files.delete(path)
        else files.set(path, text)
      }
      return { files, label: `Edited by hand from version ${version.number}` }
    },
  })
}

/**
 * Takes one file back to how it is in another version of the plugin, on top of a version: its content there, or its
 * absence. Else like {@link saveEdit}.
 * @throws not_found, also for a file that neither version has; conflict for a file that is the same in both, for an
 * archived plugin, or an operation used for something else.
 */
export function revertFile(ctx: Ctx, input: z.output<typeof revertFileInput>) {
  const { operationId, versionId, toVersionId, path } = input
  return makeEdit(ctx, {
    operation: { id: operationId, requestHash: requestHash('revertFile', { versionId, toVersionId, path }) },
    versionId,
    edit: async (tx, version, before) => {
      const target = await findVersion(tx, toVersionId)
      if (target.pluginId !== version.pluginId) throw versionNotFound()
      const text = (await readFiles(tx, target.id)).get(path)
      if (text === undefined && !before.has(path)) {
        throw new DomainError('not_found', 'Neither version has this file.')
      }
      if (text === before.get(path)) {
        throw new DomainError('conflict', 'This file is the same in both versions.')
      }
      const files = new Map(before)
      if (text === undefined) files.delete(path)
      else files.set(path, text)
      return { files, label: `Reverted ${path} to version ${target.number}` }
    },
  })
}

type Edit = {
  operation: { id: string; requestHash: Buffer }
  versionId: string
  /** What becomes of the version's files. */
  edit: (tx: OrgTx, version: Version, files: Files) => Promise<{ files: Files; label: string }>
}

const fly = createSingleFlight<Awaited<ReturnType<typeof checkAndInsert>>>()

/** A second click, or a retry while the first is being checked, waits for that check instead of paying for its own. */
function makeEdit(ctx: Ctx, edit: Edit) {
  const { id, requestHash: hash } = edit.operation
  return fly([ctx.org.id, id, hash.toString('hex')].join(' '), () => checkAndInsert(ctx, edit))
}

/** The way of every edit by people: files, gate, version. No transaction is open while the gate runs. */
async function checkAndInsert(ctx: Ctx, { operation, versionId, edit }: Edit) {
  const before = await ctx.org.tx(async (tx) => {
    await enterOperation(tx, ctx.org.id, operation)
    const replay = await findReplay(tx, operation.id)
    if (replay !== null) return { replay }
    const version = await findVersion(tx, versionId)
    const plugin = await findPlugin(tx, version.pluginId)
    requireActive(plugin)
    const identity = await nextIdentity(tx, plugin)
    const files = await readFiles(tx, version.id)
    return { replay, version, identity, edited: await edit(tx, version, files) }
  })
  if (before.replay !== null)
    return { status: 'saved' as const, version: presentVersion(before.replay, null) }

  const { version: source, identity, edited } = before
  const verdict = await runGate({ files: edited.files, identity })
  if (!verdict.ok) return { status: 'refused' as const, steps: verdict.steps }
  const version = await ctx.org.tx(async (tx) => {
    // A twin of this request may have finished in another process while the gate ran.
    await enterOperation(tx, ctx.org.id, operation)
    const replay = await findReplay(tx, operation.id)
    if (replay !== null) return replay
    // So may somebody have archived it.
    requireActive(await findPlugin(tx, source.pluginId))
    return insertVersion(tx, {
      ...edited,
      orgId: ctx.org.id,
      pluginId: source.pluginId,
      parentId: source.id,
      state: 'ready',
      origin: 'edit',
      steps: verdict.steps,
      build: verdict,
      operationId: operation.id,
      requestHash: operation.requestHash,
      createdBy: ctx.org.userId,
    })
  })
  return { status: 'saved' as const, version: presentVersion(version, null) }
}
