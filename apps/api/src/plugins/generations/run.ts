import { formatTokens, tokens } from '@tallyforge/core/money'
import { type CollectedFiles, collectFiles } from '@tallyforge/core/plugins/collect-files'
import type { GateMessage, GateStepResult } from '@tallyforge/core/plugins/gate'
import { makerLimits } from '@tallyforge/core/plugins/limits'
import { areSameFiles, keepLocked } from '@tallyforge/core/plugins/locks'
import { checkFiles } from '@tallyforge/core/plugins/paths'
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
import { type GateInput, runGate } from '../gate/gate.ts'
import { readLocks } from '../locks.ts'
import { findPlugin } from '../plugins.ts'
import { repairMessage, requestMessage, systemPrompt } from '../prompt.ts'
import { nextIdentity } from '../versions.ts'
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
  parent: ReadonlyMap<string, string>
  files: ReadonlyMap<string, string>
  /** What came of the file that the last answer ended in the middle of. Never part of what the gate sees. */
  half: CollectedFiles['cutOff']
  /** What the model may not change, as of its last answer. */
  locked: readonly string[]
  /** The locked files that it wrote all the same. */
  kept: Set<string>
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
  const { identity, parent, locked, book } = await deps.db.withOrg(tenant, async (tx) => ({
    identity: await nextIdentity(tx, await findPlugin(tx, generation.pluginId)),
    parent:
      generation.parentVersionId === null
        ? new Map<string, string>()
        : await readFiles(tx, generation.parentVersionId),
    locked: await readLocks(tx, generation.pluginId),
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
    parent,
    files: parent,
    half: null,
    locked,
    kept: new Set(),
    steps: [],
  }
  const messages: ModelMessage[] = [
    { role: 'user', content: requestMessage(parent, generation.prompt, locked) },
  ]

  for (let attempt = 1; attempt <= 1 + makerLimits.repairsPerGeneration; attempt++) {
    await enter(run, attempt === 1 ? 'running' : 'repairing')
    const answer = await write(run, messages, attempt)
    if (answer.ending !== null) return answer.ending

    await enter(run, 'validating')
    const problems = answer.problems.length > 0 ? answer.problems : await check(run, identity)
    if (problems === null || signal.aborted) return stopped(run)
    if ('build' in problems) return ended(run, 'succeeded', null, problems.build)
    messages.push(
      // Anthropic refuses a conversation with an answer of white space only.
      { role: 'assistant', content: answer.text.trim() === '' ? '(nothing)' : answer.text },
      { role: 'user', content: repairMessage(problems, run.locked) },
    )
  }
  return ended(run, 'failed', `${failureOf(run)} You were not charged.`)
}

function failureOf({ parent, files, kept }: Run): string {
  return kept.size > 0 && areSameFiles(parent, files)
    ? `The model changed only locked files (${[...kept].join(', ')}), so nothing was taken. Unlock them or ask for something else.`
    : 'It did not pass the checks, also after two repairs.'
}

/** One model call: streams into events and files. `ending` is set when the generation is over with it. */
async function write(run: Run, messages: ModelMessage[], attempt: number) {
  const inputCharacters = systemPrompt.length + messages.reduce((sum, { content }) => sum + content.length, 0)
  const inputTokens = estimateTokens(inputCharacters)
  const maxOutputTokens = affordableOutput({
    remaining: run.generation.holdAmount - spentSoFar(run),
    inputTokens,
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
  run.recorder.append({ type: 'attempt', attempt, model: run.model.id, inputTokens })
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
  const before = run.files
  await takeFiles(run, collected)
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
        `The answer was cut off: ${whyCutOff(run, maxOutputTokens)} You were not charged.`,
      ),
    }
  }
  const problems: GateMessage[] = []
  if (collected.cutOff !== null)
    problems.push({
      text: 'The last file has no </file> on a line of its own. Write that file again, whole.',
    })
  else if (areSameFiles(before, run.files)) {
    problems.push({
      text: areSameFiles(before, collected.files)
        ? 'The answer changed no file. Write each file whole, between <file path="…"> and </file> on lines of their own.'
        : onlyLocked.text,
    })
  }
  return { text, problems, ending: null }
}

const onlyLocked: GateMessage = {
  text: 'The answer changed only files that are locked, so nothing was taken. Do what was asked in other files.',
}

/** Tokens of the org and tokens of the model are different things: the words keep them apart. */
function whyCutOff({ model, generation, calls }: Run, maxOutputTokens: number): string {
  const output = formatTokens(tokens(maxOutputTokens))
  if (maxOutputTokens >= model.outputLimit)
    return `this model writes at most ${output} tokens in one answer. Ask for less at once.`
  const held = formatTokens(generation.holdAmount)
  const payer = calls.length > 1 ? `what was left of the ${held} tokens held` : `your cap of ${held} tokens`
  return `${payer} pays for ${output} tokens of the model’s output. Raise the cap, or ask for less at once.`
}

/** Takes an answer's files, except what is locked by now: that stays as it is in the parent version, and people hear of it. */
async function takeFiles(
  run: Run,
  { files, cutOff }: Pick<CollectedFiles, 'files' | 'cutOff'>,
): Promise<void> {
  run.locked = await run.deps.db.withOrg(run.tenant, (tx) => readLocks(tx, run.generation.pluginId))
  const taken = keepLocked(run.parent, files, run.locked)
  run.files = taken.files
  const isHalfLocked = cutOff !== null && run.locked.includes(cutOff.path)
  run.half = isHalfLocked ? null : cutOff
  const kept = isHalfLocked ? new Set([...taken.kept, cutOff.path]) : taken.kept
  for (const path of kept) {
    if (!run.kept.has(path)) run.recorder.append({ type: 'file-kept', path })
    run.kept.add(path)
  }
}

/**
 * The gate, once more whenever a file was locked that it has just judged as the model wrote it. Null when it was stopped; the
 * build when it passed; else what it said.
 */
async function check(run: Run, identity: GateInput['identity']) {
  while (true) {
    const judged = run.files
    const verdict = await judge(run, identity)
    if (verdict === null || !('build' in verdict)) return verdict
    await takeFiles(run, { files: new Map(judged), cutOff: null })
    if (areSameFiles(judged, run.files)) return verdict
    if (areSameFiles(run.parent, run.files)) return [onlyLocked]
  }
}

async function judge(run: Run, identity: GateInput['identity']) {
  try {
    const verdict = await runGate({
      files: run.files,
      identity,
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
  const files = state === 'succeeded' ? run.files : withHalf(run)
  return { state, failure, calls: run.calls, files, steps: run.steps, build }
}

/** What people saw being written stays readable in the version that came of it, unless it cannot be stored as a file. */
function withHalf({ files, half }: Run): ReadonlyMap<string, string> {
  if (half === null || half.text === '') return files
  const all = new Map(files).set(half.path, half.text.toWellFormed())
  return checkFiles(all).length === 0 ? all : files
}

/** A model's id as the log may carry it: what is offered here. Any other one is the caller's own words. */
function loggableModel({ deps, model }: Run): string {
  return deps.models.ids.includes(model.id) ? model.id : model.provider
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
