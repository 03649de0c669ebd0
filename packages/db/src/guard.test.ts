import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { guardSql } from './guard.ts'
import { faultsOf, runStatementStorm, runStorm } from './proofs/kill-storm.ts'
import { createTestDatabase, newOrgs, type TestDatabase } from './testing.ts'

const poolSize = 4
let test: TestDatabase
let orgs: string[]
beforeAll(async () => {
  test = await createTestDatabase(inject('databaseServer'), { poolSize })
  orgs = await newOrgs(test.admin, 3)
})
afterAll(() => test.drop())

describe('while backends die', () => {
  it('every transaction stays whole, apart from others, and ends', async () => {
    const report = await runStorm(test.db, test.admin, orgs, {
      clients: 20,
      poolSize,
      milliseconds: 10_000,
      killEveryMs: 20,
    })
    expect(faultsOf(report)).toEqual({})
    // It was a storm, and work was done in it.
    expect(report.kills).toBeGreaterThan(50)
    expect(report.lost).toBeGreaterThan(20)
    expect(report.done).toBeGreaterThan(100)
  })

  it('single statements answer or fail, and no place of the pool is lost', async () => {
    const report = await runStatementStorm(test.db, test.admin, { clients: 12, milliseconds: 6_000 })
    // A place that is lost shows as a time-out: of the driver's start-up, or of the guard's patience.
    expect(Object.keys(report.codes).filter((code) => code.endsWith('TIMEOUT'))).toEqual([])
    expect(report.uncaught).toEqual([])
    expect(report.wrong).toBe(0)
    expect(report.lost).toBeGreaterThan(20)
    expect(report.done).toBeGreaterThan(100)
  })
})

describe('a transaction', () => {
  const withGuard = async (
    work: (guarded: postgres.Sql, root: postgres.Sql) => Promise<void>,
    patienceMs?: number,
  ) => {
    const root = postgres(test.url, { max: 1, onnotice: () => undefined, fetch_types: false })
    await work(guardSql(root, patienceMs), root).finally(() => root.end({ timeout: 0 }))
  }

  it('is rolled back when its callback throws an error with the code of a lost connection', () =>
    withGuard(async (guarded) => {
      const refused = Object.assign(new Error('another server is down'), { code: 'ECONNREFUSED' })
      await expect(guarded.begin(() => Promise.reject(refused))).rejects.toBe(refused)
      // The only connection is free at once: it was not left inside the transaction.
      const [row] = await guarded<{ state: string }[]>`
        select state from pg_stat_activity where pid = pg_backend_pid()`
      expect(row?.state).toBe('active')
    }))

  it('refuses a statement that is sent after its end, also when nobody waits for it', () =>
    withGuard(async (guarded) => {
      const caught: unknown[] = []
      const onUncaught = (error: unknown) => caught.push(error)
      process.on('unhandledRejection', onUncaught)
      let late: Promise<unknown> = Promise.resolve()
      await guarded.begin(async (tx) => {
        await tx`select 1`
        setTimeout(() => {
          tx`insert into app.plugins default values`.execute()
          late = tx`select 2`.then(
            () => 'ran',
            (error: Error) => error.message,
          )
        }, 20)
      })
      await sleep(60)
      expect(await late).toContain('transaction is over')
      process.off('unhandledRejection', onUncaught)
      expect(caught).toEqual([])
    }))

  it('sends nothing more, not even its end, when its backend dies under a statement', () =>
    withGuard(async (guarded) => {
      const uncaught: unknown[] = []
      const onUncaught = (error: unknown) => uncaught.push(error)
      process.on('uncaughtException', onUncaught)
      for (let round = 0; round < 20; round++) {
        // The driver's own tag: nothing between the statement and the callback's end that would give the guard time.
        const outcome = guarded.begin(async (tx) => {
          const [me] = await tx`select pg_backend_pid() as pid`
          setTimeout(() => test.admin`select pg_terminate_backend(${me?.pid})`.execute(), 5)
          await tx`select pg_sleep(2)`
        })
        await expect(outcome).rejects.toMatchObject({
          code: expect.stringMatching(/^(CONNECTION_|57P0|ECONN)/),
        })
        // The next transaction is healthy, and not the first one's.
        const next = guarded.begin((tx) => tx`select pg_current_xact_id_if_assigned() as id`)
        await next.catch(() => undefined)
        await sleep(5)
      }
      process.off('uncaughtException', onUncaught)
      expect(uncaught).toEqual([])
    }))

  it('unwinds its callback when the backend dies inside a nested transaction', () =>
    withGuard(async (guarded) => {
      const unwound: string[] = []
      const orm = drizzle(guarded)
      const outcome = await orm
        .transaction(async (tx) => {
          try {
            await tx.transaction(async (nested) => {
              const [me] = await nested.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
              await test.admin`select pg_terminate_backend(${me?.pid ?? 0})`
              await nested.execute(sql`select 1`).catch(() => undefined)
              await sleep(20)
            })
          } finally {
            unwound.push('outer')
          }
        })
        .then(
          () => 'committed',
          (error: { code?: string }) => error.code,
        )
      expect(outcome).toMatch(/CONNECTION_CLOSED|57P01|ECONNRESET/)
      await sleep(50)
      expect(unwound).toEqual(['outer'])
    }))

  it('waits for a connection no longer than its patience, and is then not begun', () =>
    withGuard(async (guarded, root) => {
      const holder = root.begin((tx) => tx`select pg_sleep(0.6)`)
      await sleep(50)
      let isBegun = false
      const waiting = guarded.begin(async () => {
        isBegun = true
      })
      await expect(waiting).rejects.toMatchObject({ code: 'CONNECTION_TIMEOUT' })
      await expect(guarded`select 1`).rejects.toMatchObject({ code: 'CONNECTION_TIMEOUT' })
      await holder
      expect(isBegun).toBe(false)
      // The place that served the one without patience is healthy.
      expect(await guarded`select 1 as one`).toEqual([{ one: 1 }])
    }, 200))

  it('has no unguarded ways: reserve and notify are refused', () =>
    withGuard(async (guarded) => {
      await expect(guarded.reserve()).rejects.toThrow('not guarded')
      await guarded.begin(async (tx) => {
        await expect(tx.notify('channel', 'payload')).rejects.toThrow('not guarded')
      })
    }))
})
