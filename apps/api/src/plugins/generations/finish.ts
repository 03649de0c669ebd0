import { withoutInvisible } from '@tallyforge/core/invisible'
import type { GateStepResult, PluginSummary } from '@tallyforge/core/plugins/gate'
import type { PluginManifest } from '@tallyforge/core/plugins/identity'
import { keepLocked } from '@tallyforge/core/plugins/locks'
import { checkFiles } from '@tallyforge/core/plugins/paths'
import type { FinalGenerationState } from '@tallyforge/core/plugins/states'
import { type CallRecord, countUsage, decideSettlement } from '@tallyforge/core/tokens/charge'
import { costOf, priceOf } from '@tallyforge/core/tokens/prices'
import { generations, plugins, usageRecords } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { CallResult } from '../../models/call.ts'
import { releaseHold, settleHold } from '../../tokens/ledger.ts'
import { findPriceBook } from '../../tokens/price-books.ts'
import { readFiles } from '../files.ts'
import { readLocks } from '../locks.ts'
import { insertVersion } from '../versions.ts'
import { notify } from './hub.ts'
import type { Generation } from './queue.ts'
import type { Recorder } from './recorder.ts'

/** One model call of a generation with what was sent. */
export type DoneCall = CallResult & { inputCharacters: number }

export type Ending = {
  state: FinalGenerationState
  /** For people; null unless it failed. */
  failure: string | null
  calls: DoneCall[]
  /** The files so far: of a ready version all of them, else what came before it ended, the last one maybe half. */
  files: ReadonlyMap<string, string>
  steps: GateStepResult[]
  build: { manifest: PluginManifest; summary: PluginSummary; bundle: string | null } | null
}

/**
 * Ends a generation: version, usage records, money and state in one transaction, so that there is no half version and
 * nobody pays for what is not there. Does nothing for a generation that has ended, or that another process has taken.
 * Returns whether this call ended it.
 */
export async function finishGeneration(
  tx: OrgTx,
  generation: Generation,
  proposed: Ending,
  recorder: Recorder | null,
): Promise<boolean> {
  const [mine] = await tx
    .select({ id: generations.id })
    .from(generations)
    .where(
      and(
        eq(generations.id, generation.id),
        isNull(generations.finishedAt),
        generation.leaseOwner === null
          ? isNull(generations.leaseOwner)
          : eq(generations.leaseOwner, generation.leaseOwner),
      ),
    )
    .for('update')
  if (mine === undefined) return false

  const ending = await withoutLateLocks(tx, generation, proposed)
  const version = await keepVersion(tx, generation, ending)
  await recorder?.finish(tx, { type: 'state', state: ending.state })
  await tx
    .update(generations)
    .set({
      state: ending.state,
      failure: ending.failure,
      versionId: version?.id ?? null,
      finishedAt: sql`now()`,
      leaseUntil: null,
    })
    .where(eq(generations.id, generation.id))
  await notify(tx, {
    kind: 'generation',
    orgId: generation.orgId,
    generationId: generation.id,
    pluginId: generation.pluginId,
    state: ending.state,
  })
  await notify(tx, { kind: 'balance', orgId: generation.orgId })
  await endHold(tx, generation, ending)
  return true
}

/**
 * Between the last look at the locks and this transaction lies a moment. Whoever locked a file in it is not told that it is locked
 * while a version comes out in which a model changed it: that version is not ready, and free.
 */
async function withoutLateLocks(tx: OrgTx, generation: Generation, ending: Ending): Promise<Ending> {
  if (ending.state !== 'succeeded') return ending
  // Locking takes this row too: from here on nobody does.
  await tx.select({ id: plugins.id }).from(plugins).where(eq(plugins.id, generation.pluginId)).for('update')
  const locked = await readLocks(tx, generation.pluginId)
  if (locked.length === 0) return ending
  const parent =
    generation.parentVersionId === null
      ? new Map<string, string>()
      : await readFiles(tx, generation.parentVersionId)
  const { files, kept } = keepLocked(parent, ending.files, locked)
  if (kept.length === 0) return ending
  const failure = `${kept.join(', ')} was locked at the last moment, and this would have changed it. You were not charged; try again.`
  return { ...ending, state: 'failed', failure, files, build: null }
}

async function keepVersion(tx: OrgTx, generation: Generation, ending: Ending) {
  // Of an answer that failed, only what could be stored as files is kept as files; the rest stays readable as events.
  const isKept = ending.build !== null || (ending.files.size > 0 && checkFiles(ending.files).length === 0)
  if (!isKept) return null
  return insertVersion(tx, {
    orgId: generation.orgId,
    pluginId: generation.pluginId,
    parentId: generation.parentVersionId,
    state: ending.state === 'succeeded' ? 'ready' : ending.state,
    origin: 'generation',
    label: labelOf(generation.prompt),
    files: ending.files,
    steps: ending.steps,
    build: ending.build,
    operationId: generation.operationId,
    requestHash: generation.requestHash,
    createdBy: generation.createdBy,
  })
}

function labelOf(prompt: string): string {
  const line = [...withoutInvisible(prompt.split('\n')[0] ?? '')]
  if (line.length <= 100) return line.join('')
  const space = line.lastIndexOf(' ', 99)
  // At the end of a word, unless that is far away.
  return `${line
    .slice(0, space > 60 ? space : 99)
    .join('')
    .trimEnd()}…`
}

async function endHold(tx: OrgTx, generation: Generation, ending: Ending): Promise<void> {
  const price = priceOf(await findPriceBook(tx, generation.priceBookId), generation.model)
  const records = ending.calls.map(toRecord)
  for (const [index, call] of ending.calls.entries()) {
    const { usage, isEstimated } = countUsage(toRecord(call))
    await tx.insert(usageRecords).values({
      orgId: generation.orgId,
      userId: generation.createdBy,
      generationId: generation.id,
      attempt: index + 1,
      model: call.model.id,
      provider: call.model.provider,
      outcome: call.end,
      inputTokens: usage.input,
      cachedInputTokens: usage.cachedInput,
      outputTokens: usage.output,
      isEstimated,
      cost: costOf(usage, price),
      priceBookId: generation.priceBookId,
      firstTokenMs: call.firstTokenMs,
      durationMs: call.durationMs,
      reported: call.reported,
    })
  }
  const { charge, borne } = decideSettlement({
    outcome: ending.state,
    calls: records,
    price,
    hold: generation.holdAmount,
  })
  const hold = { orgId: generation.orgId, operationId: generation.operationId }
  if (ending.state === 'failed' || charge === 0n) {
    await releaseHold(tx, { ...hold, amount: borne, description: 'Failed generation, borne by the platform' })
  } else {
    await settleHold(tx, { ...hold, amount: charge, description: labelOf(generation.prompt) })
  }
}

function toRecord(call: DoneCall): CallRecord {
  const { end, started, inputCharacters, outputCharacters, reported } = call
  return { end, started, inputCharacters, outputCharacters, reported }
}
