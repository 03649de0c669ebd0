import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EmbeddedServer, freePort, startEmbedded } from './embedded.ts'
import { migrate, migrationState } from './migrate.ts'
import { testSecretKey } from './testing.ts'

const isRoot = process.getuid?.() === 0
let folder: string
let dataFolder: string
let port: number
const started: EmbeddedServer[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tallyforge-embedded-'))
  await chmod(folder, 0o755)
  dataFolder = join(folder, 'data')
  port = await freePort(25_432)
})
afterAll(async () => {
  await Promise.all(started.map((server) => server.stop()))
  await rm(folder, { recursive: true, force: true })
})

const start = async (options: Partial<Parameters<typeof startEmbedded>[0]> = {}) => {
  const server = await startEmbedded({
    dataFolder,
    port,
    fallbackFolder: join(folder, 'fallback'),
    ...options,
  })
  started.push(server)
  return server
}
const ask = async (url: string, statement: string) => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  return [...(await sql.unsafe(statement).finally(() => sql.end()))]
}
const postmasterOf = async (at: string) =>
  Number((await readFile(join(at, 'postmaster.pid'), 'utf8')).split('\n')[0])

describe('the embedded server', () => {
  it('of two starts at once on a new folder is made once, and both have it', async () => {
    const [one, two] = await Promise.all([start(), start()])
    expect(one.port).toBe(two.port)
    expect([one.wasRunning, two.wasRunning].sort()).toEqual([false, true])
    await ask(one.url, 'create table kept as select 42 as answer')
    expect(await ask(two.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  it('is adopted by the next start, whatever port that wants', async () => {
    const again = await start({ port: port + 50 })
    expect(again).toMatchObject({ wasRunning: true, port })
    expect(await ask(again.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  it('comes back at once after kill -9 of its postmaster, with what was written', async () => {
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`
    await ask(url, 'update kept set answer = 43')
    // A backend at work does not notice at once that its postmaster is gone, and holds the shared memory meanwhile.
    const busy = ask(url, 'select count(*) from generate_series(1, 8000000)').catch(() => undefined)
    await sleep(100)
    process.kill(await postmasterOf(dataFolder), 'SIGKILL')
    const again = await start()
    await busy
    expect(again).toMatchObject({ wasRunning: false, port })
    expect(await ask(again.url, 'select answer from kept')).toEqual([{ answer: 43 }])
  })

  it('stops with its clients still connected, and leaves clean files', async () => {
    const server = await start()
    const sql = postgres(server.url, { max: 1, onnotice: () => undefined })
    await sql`select 1`
    await server.stop()
    await expect(readFile(join(dataFolder, 'postmaster.pid'))).rejects.toThrow('ENOENT')
    await sql.end({ timeout: 0 })
    // Stopping what has stopped is no error.
    await server.stop()
  })

  it('is not mistaken for a stranger that has its old pid', async () => {
    const stranger = spawn('sleep', ['60'], {
      stdio: 'ignore',
      // As PostgreSQL's own user: it would believe the stranger to be its predecessor.
      ...(isRoot ? { uid: Number((await import('node:fs')).statSync(dataFolder).uid) } : {}),
    })
    await writeFile(
      join(dataFolder, 'postmaster.pid'),
      [stranger.pid, dataFolder, 1_700_000_000, port, '', '127.0.0.1', '  1 1', 'ready', ''].join('\n'),
    )
    const server = await start()
    expect(server.wasRunning).toBe(false)
    expect(await ask(server.url, 'select answer from kept')).toEqual([{ answer: 43 }])
    expect(stranger.exitCode).toBe(null)
    expect(stranger.signalCode).toBe(null)
    stranger.kill()
    await server.stop()
  })

  it('takes the next port when something else has the wanted one', async () => {
    const other = createServer().listen(port, '127.0.0.1')
    const server = await start()
    expect(server.port).toBeGreaterThan(port)
    expect(await ask(server.url, 'select answer from kept')).toEqual([{ answer: 43 }])
    other.close()
  })

  it('can be migrated by a role that is no superuser, several new databases at once', async () => {
    const [server] = started.slice(-1)
    const url = new URL(server?.url ?? '')
    await ask(url.href, 'create role operator login createrole createdb')
    const names = ['one', 'two', 'three', 'four']
    for (const name of names) await ask(url.href, `create database ${name} owner operator`)
    url.username = 'operator'
    const urls = names.map((name) => new URL(`/${name}`, url).href)
    // Nobody has made the roles yet, which all of them share.
    await Promise.all(urls.map((each) => migrate({ url: each, secretKey: testSecretKey })))
    for (const each of urls) {
      const state = await migrationState(each)
      expect(state.applied).toBe(state.known)
    }
  })

  it.runIf(isRoot)(
    'started by root in a folder that nobody else may enter lives in the other place',
    async () => {
      const locked = join(folder, 'locked')
      await mkdir(locked, { mode: 0o700 })
      const server = await start({ dataFolder: join(locked, 'deeper', 'data'), port: port + 60 })
      expect(server.dataFolder).toBe(join(folder, 'fallback', 'data'))
      expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
      const again = await start({ dataFolder: join(locked, 'deeper', 'data'), port: port + 60 })
      expect(again).toMatchObject({ wasRunning: true, port: server.port })
    },
  )
})
