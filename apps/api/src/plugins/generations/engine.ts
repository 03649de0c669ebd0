import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { DomainError } from '@tallyforge/core/errors'
import { generations } from '@tallyforge/db/schema'
import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import { toDomainError } from '../../errors.ts'
import { renewHolds, sweepLedger } from '../../tokens/ledger.ts'
import { type Ending, finishGeneration } from './finish.ts'
import { notify } from './hub.ts'
import { claimNext, findLost, findQueued, type Generation, platformUser, renewLease } from './queue.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { runGeneration, type StopReason } from './run.ts'

/** Runs generations in this process, and looks after those that other processes lost. */
export type Engine = {
  /** Starts what waits in an org as far as it has free places. Returns at once. */
  kick: (orgId: string) => void
  /** One round of sweeping: ended holds, expired grants, lost generations, waiting ones. */
  sweep: () => Promise<void>
  /** Begins to sweep by itself. */
  start: () => void
  /** Waits for running generations up to the grace time, then stops them. Takes no new ones. */
  stop: () => Promise<void>
}

type EngineDeps = Pick<Deps, 'db' | 'env' | 'models' | 'log' | 'hub'>
type Running = { generation: Generation; controller: AbortController; done: Promise<void> }

export function createEngine(deps: EngineDeps): Engine {
  const { db, env, log } = deps
  const lease = { owner: randomUUID(), seconds: env.LEASE_SECONDS }
  const running = new Map<string, Running>()
  /** Runs of ours that could not be stored because the database was away: the sweep that ends them tells it as it was. */
  const cutOff = new Set<string>()
  let isStopping = false
  let timer: NodeJS.Timeout | null = null
  let sweeping: Promise<void> = Promise.resolve()

  const unsubscribe = deps.hub.subscribeAll((notice) => {
    if (notice?.kind === 'cancel') stopRun(notice.generationId, 'canceled')
  })

  function stopRun(generationId: string, reason: StopReason): void {
    running.get(generationId)?.controller.abort(reason)
  }

  async function claim(orgId: string): Promise<void> {
    while (!isStopping) {
      const generation = await claimNext(db, orgId, lease)
      if (generation === null) return
      const controller = new AbortController()
      const done = run(generation, controller).finally(() => {
        running.delete(generation.id)
        kick(orgId)
      })
      running.set(generation.id, { generation, controller, done })
    }
  }

  function kick(orgId: string): void {
    if (isStopping) return
    claim(orgId).catch((error: unknown) =>
      log.warn({ err: error }, 'claiming a generation failed; the next sweep tries again'),
    )
  }

  async function run(generation: Generation, controller: AbortController): Promise<void> {
    const tenant = { orgId: generation.orgId, userId: generation.createdBy }
    const recorder = createRecorder(db, tenant, generation, (error) => {
      log.warn({ err: error, generationId: generation.id }, 'storing progress failed')
      noteOutage(generation, error)
      controller.abort('lost' satisfies StopReason)
    })
    const renewal = setInterval(
      () => {
        renew(generation).catch((error: unknown) =>
          log.warn({ err: error, generationId: generation.id }, 'renewing failed'),
        )
      },
      (Math.min(env.LEASE_SECONDS, env.HOLD_SECONDS) * 1_000) / 4,
    )
    try {
      const ending = await runGeneration(deps, generation, recorder, controller.signal).catch(
        (error: unknown) => brokenEnding(generation, error),
      )
      // What another process has taken over is not ours to end.
      if (controller.signal.reason !== 'lost') await finish(generation, ending, recorder)
    } catch (error) {
      noteOutage(generation, error)
      log.error(
        { err: error, generationId: generation.id },
        'a generation could not be ended; the sweep will',
      )
    } finally {
      clearInterval(renewal)
    }
  }

  function noteOutage(generation: Generation, error: unknown): void {
    if (toDomainError(error).kind === 'unavailable') cutOff.add(generation.id)
  }

  /** A fault of ours: the person hears that it broke, and pays nothing. */
  function brokenEnding(generation: Generation, error: unknown): Ending {
    const known = toDomainError(error)
    if (known.kind === 'internal')
      log.error({ err: error, generationId: generation.id }, 'a generation broke')
    return {
      state: 'failed',
      failure: `${known.kind === 'internal' ? 'Something broke on our side.' : known.message} You were not charged; try again.`,
      calls: [],
      files: new Map(),
      steps: [],
      build: null,
    }
  }

  /** The commit may be lost with its answer: ending again is safe, so it is tried until the database says. */
  async function finish(generation: Generation, ending: Ending, recorder: Recorder): Promise<void> {
    const tenant = { orgId: generation.orgId, userId: generation.createdBy }
    for (let attempt = 1; ; attempt++) {
      try {
        await recorder.flush()
        await db.withOrg(tenant, (tx) => finishGeneration(tx, generation, ending, recorder))
        return
      } catch (error) {
        const isPassing = toDomainError(error).kind === 'unavailable'
        if (!isPassing || attempt === 6) throw error
        await sleep(200 * 2 ** attempt)
      }
    }
  }

  async function renew(generation: Generation): Promise<void> {
    const tenant = { orgId: generation.orgId, userId: generation.createdBy }
    const { isMine, isCanceled } = await db.withOrg(tenant, async (tx) => {
      const isMine = await renewLease(tx, generation.id, lease)
      if (isMine) await renewHolds(tx, [generation], env.HOLD_SECONDS)
      const [row] = await tx
        .select({ at: generations.cancelRequestedAt })
        .from(generations)
        .where(eq(generations.id, generation.id))
      return { isMine, isCanceled: row?.at != null }
    })
    if (!isMine) stopRun(generation.id, 'lost')
    // The notice may have been missed while the connection was down.
    else if (isCanceled) stopRun(generation.id, 'canceled')
  }

  async function sweep(): Promise<void> {
    for (const lost of await findLost(db)) {
      if (!running.has(lost.id)) await failLost(lost)
    }
    const queued = await findQueued(db)
    if (queued.length > 0) await db.withService((tx) => renewHolds(tx, queued, env.HOLD_SECONDS))
    for (const orgId of new Set(queued.map((each) => each.orgId))) kick(orgId)
    await db.withService(async (tx) => {
      for (const orgId of await sweepLedger(tx)) await notify(tx, { kind: 'balance', orgId })
    })
  }

  /** A model's stream cannot be resumed by another process: what was lost ends as failed, and everything is released. */
  async function failLost(lost: { orgId: string; id: string }): Promise<void> {
    await db.withOrg({ orgId: lost.orgId, userId: platformUser }, async (tx) => {
      // Its process may have come back and renewed the lease while we looked.
      const [generation] = await tx
        .select()
        .from(generations)
        .where(
          and(
            eq(generations.id, lost.id),
            isNull(generations.finishedAt),
            lt(generations.leaseUntil, sql`now()`),
          ),
        )
        .for('update')
      if (generation === undefined) return
      const recorder = createRecorder(
        db,
        { orgId: lost.orgId, userId: platformUser },
        generation,
        () => undefined,
      )
      await finishGeneration(
        tx,
        generation,
        {
          state: 'failed',
          failure: `${cutOff.has(lost.id) ? 'The database was away while this ran.' : 'The server that ran this was stopped.'} You were not charged; try again.`,
          calls: [],
          files: new Map(),
          steps: [],
          build: null,
        },
        recorder,
      )
    })
    cutOff.delete(lost.id)
  }

  return {
    kick,
    sweep,
    start: () => {
      const round = () => {
        sweeping = sweep()
          .catch((error: unknown) => {
            const level = error instanceof DomainError ? 'info' : 'warn'
            log[level]({ err: error }, 'a sweep failed; the next one tries again')
          })
          .then(() => {
            if (!isStopping) timer = setTimeout(round, env.SWEEP_SECONDS * 1_000)
          })
      }
      round()
    },
    stop: async () => {
      isStopping = true
      if (timer !== null) clearTimeout(timer)
      await sweeping
      const all = () => Promise.all([...running.values()].map(({ done }) => done))
      await Promise.race([all(), sleep(env.SHUTDOWN_SECONDS * 1_000, undefined, { ref: false })])
      for (const id of running.keys()) stopRun(id, 'shutdown')
      await all()
      unsubscribe()
    },
  }
}
