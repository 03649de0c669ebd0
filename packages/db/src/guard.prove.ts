import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { connect, type Database } from './client.ts'
import { type EmbeddedServer, freePort, startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { faultsOf, runStorm, type StormReport } from './proofs/kill-storm.ts'
import { createTestDatabase, newOrgs, testSecretKey } from './testing.ts'

const poolSize = 6
const clients = 30

describe('the guard', () => {
  it('stands a long storm', async () => {
    const test = await createTestDatabase(inject('databaseServer'), { poolSize })
    const report = await runStorm(test.db, test.admin, await newOrgs(test.admin, 3), {
      clients,
      poolSize,
      milliseconds: 60_000,
      killEveryMs: 8,
    })
    expect(faultsOf(report)).toEqual({})
    await test.drop()
  })

  it("is needed: the same storm on the driver's own begin finds faults", async () => {
    const script = fileURLToPath(new URL('./proofs/plain-storm.ts', import.meta.url))
    let faults: Partial<StormReport> = {}
    for (let attempt = 1; attempt <= 4 && Object.keys(faults).length === 0; attempt++) {
      const test = await createTestDatabase(inject('databaseServer'))
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [script, test.url, testSecretKey, '6000'],
        { maxBuffer: 64_000_000 },
      ).catch((error: { stdout: string }) => error)
      const [begun, report = ''] = stdout.split('\n')
      expect(begun).toBe('begun')
      // Without a report the storm has ended the process: the gravest fault of all.
      faults = report === '' ? { uncaught: ['the process ended'] } : faultsOf(JSON.parse(report))
      await test.drop()
    }
    expect(Object.keys(faults)).not.toEqual([])
  })
})

describe('with a server of its own, durable as by default', () => {
  let folder: string
  let server: EmbeddedServer
  let port: number
  let db: Database
  let admin: postgres.Sql
  const start = () =>
    startEmbedded({ dataFolder: join(folder, 'data'), port, fallbackFolder: join(folder, 'fallback') })
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tallyforge-prove-'))
    await chmod(folder, 0o755)
    port = await freePort(26_432)
    server = await start()
    await migrate({ url: server.url, secretKey: testSecretKey })
    db = connect({ url: server.url, secretKey: testSecretKey, poolSize })
    admin = postgres(server.url, { max: 1, onnotice: () => undefined })
  })
  afterAll(async () => {
    await Promise.all([db.close(), admin.end({ timeout: 5 })])
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const postmaster = async () =>
    Number((await readFile(join(server.dataFolder, 'postmaster.pid'), 'utf8')).split('\n')[0])

  it('kill -9 of the postmaster five times loses no acknowledged write, and listening comes back', async () => {
    let listens = 0
    await db.listen(
      'news',
      () => undefined,
      () => {
        listens++
      },
    )
    const report = await runStorm(db, admin, await newOrgs(admin, 3), {
      clients,
      poolSize,
      milliseconds: 20_000,
      killEveryMs: 0,
      harm: async (_, target) => {
        for (let round = 0; round < 5; round++) {
          await sleep(2_000)
          process.kill(await postmaster(), 'SIGKILL')
          target.kills++
          server = await start()
        }
      },
    })
    expect(faultsOf(report)).toEqual({})
    expect(report).toMatchObject({ kills: 5 })
    expect(report.done).toBeGreaterThan(100)
    for (let waited = 0; waited < 100 && listens < 6; waited++) await sleep(50)
    expect(listens).toBeGreaterThanOrEqual(2)
  })

  it('a server frozen for ten seconds holds its clients up, and then serves again', async () => {
    const report = await runStorm(db, admin, await newOrgs(admin, 3), {
      clients,
      poolSize,
      milliseconds: 16_000,
      killEveryMs: 0,
      harm: async () => {
        await sleep(1_000)
        const rows = await admin<{ pid: number }[]>`
          select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`
        const pids = [await postmaster(), ...rows.map((row) => row.pid)]
        for (const pid of pids) process.kill(pid, 'SIGSTOP')
        await sleep(10_000)
        for (const pid of pids) process.kill(pid, 'SIGCONT')
      },
    })
    expect(faultsOf(report)).toEqual({})
    expect(report.done).toBeGreaterThan(100)
  })
})
