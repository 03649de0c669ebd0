import { collectFiles } from '@tallyforge/core/plugins/collect-files'
import type { GateMessage, GateStepResult } from '@tallyforge/core/plugins/gate'
import { makerLimits } from '@tallyforge/core/plugins/limits'
import { createProtocolParser, type ProtocolEvent } from '@tallyforge/core/plugins/protocol'
import { countUsage } from '@tallyforge/core/tokens/charge'
import { affordableOutput } from '@tallyforge/core/tokens/estimate'
import { costOf, type ModelPrice, type PriceBook, priceOf } from '@tallyforge/core/tokens/prices'
import { estimateTokens } from '@tallyforge/core/tokens/usage'
import { generations } from '@tallyforge/db/schema'
import type { Tenant } from '@tallyforge/db/tenancy'
import type { ModelMessage } from 'ai'
import { eq } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import { callModel } from '../../models/call.ts'
import type { CatalogModel } from '../../models/catalog.ts'
import { findPriceBook } from '../../tokens/price-books.ts'
import { readFiles } from '../files.ts'
import { runGate } from '../gate/gate.ts'
import { findPlugin } from '../plugins.ts'
import { repairMessage, requestMessage, systemPrompt } from '../prompt.ts'
import type { DoneCall, Ending } from './finish.ts'
import { notify } from './hub.ts'
import type { Generation } from './queue.ts'
import type { Recorder } from './recorder.ts'

/** More characters than any plugin that could pass the gate: a model that goes on past it has lost its way. */
const answerLimit = 3_000_000

/** Why a run is stopped from outside; the abort reason of its signal. */
export type StopReason = 'canceled' | 'shutdown' | 'lost'

type RunDeps = Pick<Deps, 'db' | 'env' | 'models' | 'log'>

/** What one run knows and gathers while it goes. */
type Run = {
  deps: RunDeps
  generation: Generation
  tenant: Tenant
  recorder: Recorder
  signal: AbortSignal
  model: CatalogModel
  fallback: CatalogModel | null
  price: ModelPrice
  calls: DoneCall[]
  files: ReadonlyMap<string, string>
  steps: GateStepResult[]
}

/**
 * Runs a claimed generation to its end: model, gate, at most two repairs. Never touches money: the ending it returns says
 * what happened, and finishGeneration settles it.
 */
export async function runGeneration(
  deps: RunDeps,
  generation: Generation,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<Ending> {
  const tenant = { orgId: generation.orgId, userId: generation.createdBy }
  const { plugin, parent, book } = await deps.db.withOrg(tenant, async (tx) => ({
    plugin: await findPlugin(tx, generation.pluginId),
    parent:
      generation.parentVersionId === null
        ? new Map<string, string>()
        : await readFiles(tx, generation.parentVersionId),
    book: await findPriceBook(tx, generation.priceBookId),
  }))
  const model = deps.models.find(generation.model)
  const run: Run = {
    deps,
    generation,
    tenant,
    recorder,
    signal,
    model,
    fallback: coveredFallback(model, deps.models.fallback, book),
    price: priceOf(book, generation.model),
    calls: [],
    files: parent,
    steps: [],
  }
  const messages: ModelMessage[] = [{ role: 'user', content: requestMessage(parent, generation.prompt) }]

  for (let attempt = 1; attempt <= 1 + makerLimits.repairsPerGeneration; attempt++) {
    await enter(run, attempt === 1 ? 'running' : 'repairing')
    const answer = await write(run, messages, attempt)
    if (answer.ending !== null) return answer.ending

    await enter(run, 'validating')
    const problems = answer.problems.length > 0 ? answer.problems : await check(run, plugin)
    if (problems === null || signal.aborted) return stopped(run)
    if ('build' in problems) return ended(run, 'succeeded', null, problems.build)
    messages.push(
      { role: 'assistant', content: answer.text },
      { role: 'user', content: repairMessage(problems) },
    )
  }
  return ended(run, 'failed', 'It did not pass the checks, also after two repairs. You were not charged.')
}

/** One model call: streams into events and files. `ending` is set when the generation is over with it. */
async function write(run: Run, messages: ModelMessage[], attempt: number) {
  const inputCharacters = systemPrompt.length + messages.reduce((sum, { content }) => sum + content.length, 0)
  const maxOutputTokens = affordableOutput({
    remaining: run.generation.holdAmount - spentSoFar(run),
    inputTokens: estimateTokens(inputCharacters),
    price: run.price,
    outputLimit: run.model.outputLimit,
  })
  const none = { text: '', problems: [] as GateMessage[] }
  if (maxOutputTokens < 100) {
    return {
      ...none,
      ending: ended(
        run,
        'failed',
        'It did not pass the checks, and what was held does not cover another repair. You were not charged.',
      ),
    }
  }
  run.recorder.append({ type: 'attempt', attempt, model: run.model.id })
  const tooLong = new AbortController()
  const parser = createProtocolParser()
  const events: ProtocolEvent[] = []
  let text = ''
  const take = (more: ProtocolEvent[]) => {
    for (const event of more) {
      events.push(event)
      if (event.type === 'delete') run.recorder.append({ type: 'file-delete', path: event.path })
      else if (event.type !== 'cut-off') run.recorder.append(event)
    }
  }
  const result = await callModel({
    model: run.model,
    fallback: run.fallback,
    system: systemPrompt,
    messages,
    maxOutputTokens,
    timeouts: {
      firstByteMs: run.deps.env.MODEL_FIRST_BYTE_SECONDS * 1_000,
      idleMs: run.deps.env.MODEL_IDLE_SECONDS * 1_000,
      totalMs: run.deps.env.MODEL_TOTAL_SECONDS * 1_000,
    },
    signal: AbortSignal.any([run.signal, tooLong.signal]),
    onText: (piece) => {
      if (text.length > answerLimit) return tooLong.abort()
      text += piece
      take(parser.push(piece))
      run.recorder.append({ type: 'progress', outputTokens: estimateTokens(text.length) })
    },
  })
  take(parser.end())
  run.calls.push({ ...result, inputCharacters })
  const collected = collectFiles(run.files, events)
  run.files = collected.files
  if (run.signal.aborted) return { ...none, ending: stopped(run) }
  if (tooLong.signal.aborted)
    return {
      ...none,
      ending: ended(
        run,
        'failed',
        'The model wrote far more than a plugin needs and was stopped. You were not charged.',
      ),
    }
  if (result.failure !== null) {
    run.deps.log.warn(
      {
        generationId: run.generation.id,
        model: loggableModel(run),
        status: result.failure.status,
        errorType: nameOf(result.failure.cause),
      },
      'model call failed',
    )
    return { ...none, ending: ended(run, 'failed', `${result.failure.reason} You were not charged.`) }
  }
  if (result.isCutOff) {
    return {
      ...none,
      ending: ended(
        run,
        'failed',
        `The answer was cut off at its limit of ${maxOutputTokens} tokens. Ask for less at once, or raise the cap. You were not charged.`,
      ),
    }
  }
  const problems: GateMessage[] = []
  if (collected.cutOff)
    problems.push({
      text: 'The last file has no </file> on a line of its own. Write that file again, whole.',
    })
  else if (collected.changed.length + collected.deleted.length === 0) {
    problems.push({
      text: 'The answer changed no file. Write each file whole, between <file path="…"> and </file> on lines of their own.',
    })
  }
  return { text, problems, ending: null }
}

/** The gate. Null when it was stopped; the build when it passed; else what it said. */
async function check(run: Run, plugin: { packageName: string; lastVersion: number }) {
  try {
    const verdict = await runGate({
      files: run.files,
      identity: { name: plugin.packageName, versionNumber: plugin.lastVersion + 1 },
      onStep: (result) => run.recorder.append({ type: 'step', result }),
      signal: run.signal,
    })
    run.steps = verdict.steps
    return verdict.ok ? { build: verdict } : verdict.messages
  } catch (error) {
    if (run.signal.aborted) return null
    throw error
  }
}

/** Shows the state to watchers and keeps it for those that come later. */
async function enter(run: Run, state: 'running' | 'validating' | 'repairing'): Promise<void> {
  run.recorder.append({ type: 'state', state })
  const { id, orgId, pluginId } = run.generation
  await run.deps.db.withOrg(run.tenant, async (tx) => {
    await tx.update(generations).set({ state }).where(eq(generations.id, id))
    await notify(tx, { kind: 'generation', orgId, generationId: id, pluginId, state })
  })
}

/**
 * The fallback, if the hold covers it: on no meter dearer than the chosen model, at whose price everything is charged. A
 * stand-in never takes over from a real model: nobody who asked for a model is given templates.
 */
function coveredFallback(
  model: CatalogModel,
  fallback: CatalogModel | null,
  book: PriceBook,
): CatalogModel | null {
  if (fallback === null || fallback.id === model.id || (fallback.isStandIn && !model.isStandIn)) return null
  const [own, other] = [priceOf(book, model.id), priceOf(book, fallback.id)]
  const isCovered =
    other.input <= own.input && other.cachedInput <= own.cachedInput && other.output <= own.output
  return isCovered ? fallback : null
}

function spentSoFar(run: Run): bigint {
  return run.calls.map((call) => costOf(countUsage(call).usage, run.price)).reduce((a, b) => a + b, 0n)
}

function stopped(run: Run): Ending {
  const reason = run.signal.reason as StopReason
  return reason === 'canceled'
    ? ended(run, 'canceled', null)
    : ended(run, 'failed', 'The server was stopped while this ran. You were not charged; try again.')
}

function ended(
  run: Run,
  state: Ending['state'],
  failure: string | null,
  build: Ending['build'] = null,
): Ending {
  return { state, failure, calls: run.calls, files: run.files, steps: run.steps, build }
}

/** A model's id as the log may carry it: what is offered here. Any other one is the caller's own words. */
function loggableModel({ deps, model }: Run): string {
  return deps.models.ids.includes(model.id) ? model.id : model.provider
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
