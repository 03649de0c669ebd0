import { createServer, type Socket } from 'node:net'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { connect } from './client.ts'
import { DatabaseNotUsable, migrate, migrationState } from './migrate.ts'
import { databaseUrl, startTestServer, testSecretKey } from './testing.ts'

let server: postgres.Sql
const made: string[] = []
beforeAll(() => {
  server = postgres(inject('databaseServer'), { max: 1, onnotice: () => undefined })
})
afterAll(async () => {
  for (const name of made) await server`drop database ${server(name)} with (force)`
  await server.end()
})

async function emptyDatabase(): Promise<string> {
  const name = `migrate_${process.pid}_${made.length}`
  made.push(name)
  await server`create database ${server(name)}`
  return databaseUrl(inject('databaseServer'), name)
}
const migrateTo = (url: string) => migrate({ url, secretKey: testSecretKey })
const applied = async (url: string) => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  return [...(await sql`select * from drizzle.__drizzle_migrations order by id`.finally(() => sql.end()))]
}

describe('migrate', () => {
  it('makes a database that serves, and the second time changes nothing', async () => {
    const url = await emptyDatabase()
    expect(await migrationState(url)).toMatchObject({ applied: 0 })
    await migrateTo(url)
    const before = await applied(url)
    const state = await migrationState(url)
    expect(state.applied).toBe(state.known)
    expect(before).toHaveLength(state.known)
    await migrateTo(url)
    expect(await applied(url)).toEqual(before)
    const db = connect({ url, secretKey: testSecretKey })
    expect(await db.service.query.priceBooks.findMany()).toMatchObject([{ id: 'standard-v1' }])
    await db.close()
  })

  it('makes everything the property of app_owner, and gives nobody temporary tables', async () => {
    const sql = postgres(databaseUrl(inject('databaseServer'), made[0] ?? ''), {
      max: 1,
      onnotice: () => undefined,
    })
    const owners = await sql`
      select distinct r.rolname as owner from pg_class c join pg_roles r on r.oid = c.relowner
      where c.relnamespace in ('app'::regnamespace, 'auth'::regnamespace, 'drizzle'::regnamespace)`
    expect([...owners]).toEqual([{ owner: 'app_owner' }])
    const [temporary] = await sql`
      select has_database_privilege('app_user', current_database(), 'TEMP') as user,
        has_database_privilege('app_service', current_database(), 'TEMP') as service`
    expect(temporary).toEqual({ user: false, service: false })
    await sql.end()
  })

  it('by several processes at once is done once', async () => {
    const url = await emptyDatabase()
    await Promise.all(Array.from({ length: 4 }, () => migrateTo(url)))
    expect(await applied(url)).toHaveLength((await migrationState(url)).known)
  })

  it('of several databases of one server at once does not trip over the roles they share', async () => {
    const urls = await Promise.all(Array.from({ length: 6 }, emptyDatabase))
    for (let round = 0; round < 3; round++) await Promise.all(urls.map(migrateTo))
    for (const url of urls) expect(await applied(url)).toHaveLength((await migrationState(url)).known)
  })

  it('refuses a server of another key, in whichever database, until it is told to take it over', async () => {
    const own = await startTestServer()
    try {
      const secretKey = 'another-secret-key-of-at-least-32-characters'
      const admin = postgres(own.url, { max: 1, onnotice: () => undefined })
      const passwords = () =>
        admin`select rolpassword from pg_authid where rolname in ('app_user', 'app_service') order by rolname`
      await admin`create database other`
      const url = databaseUrl(own.url, 'other')
      const before = await passwords()
      await expect(migrate({ url, secretKey })).rejects.toMatchObject({
        name: 'DatabaseNotUsable',
        message: expect.stringContaining('another SECRET_KEY'),
        fix: expect.stringContaining('REPLACE_SECRET_KEY=true'),
      })
      expect(await passwords()).toEqual(before)
      await migrateTo(url)

      await migrate({ url, secretKey, mayReplaceKey: true })
      expect(await passwords()).not.toEqual(before)
      await migrate({ url, secretKey })
      await expect(migrateTo(url)).rejects.toBeInstanceOf(DatabaseNotUsable)
      // What is kept of a key is not the key.
      const [kept] = await admin`
        select string_agg(description, ' ') as text from pg_shdescription`
      expect(kept?.text).not.toContain(secretKey)
      await admin.end()
    } finally {
      await own.stop()
    }
  })

  it('gives roles of before it their mark', async () => {
    const own = await startTestServer()
    try {
      const admin = postgres(own.url, { max: 1, onnotice: () => undefined })
      await admin`comment on role app_service is null`
      await admin`create database other`
      await admin.end()
      const url = databaseUrl(own.url, 'other')
      await migrateTo(url)
      await expect(migrate({ url, secretKey: 'x'.repeat(32) })).rejects.toBeInstanceOf(DatabaseNotUsable)
    } finally {
      await own.stop()
    }
  })

  it('says what is wrong and what to do when nothing answers', async () => {
    const attempt = migrateTo('postgres://postgres@127.0.0.1:1/none')
    await expect(attempt).rejects.toBeInstanceOf(DatabaseNotUsable)
    await expect(attempt).rejects.toMatchObject({
      message: expect.stringContaining('127.0.0.1:1 does not answer'),
      fix: expect.stringContaining('DATABASE_URL'),
    })
  })

  it('refuses a server that is too old, by its version', async () => {
    const old = await oldServer()
    await expect(migrateTo(old.url)).rejects.toMatchObject({
      name: 'DatabaseNotUsable',
      message: expect.stringContaining('is version 17; Tallyforge needs 18'),
      fix: expect.stringContaining('Upgrade'),
    })
    old.close()
  })
})

/** Speaks just enough of PostgreSQL's protocol to answer every statement with the version of PostgreSQL 17.4. */
async function oldServer(): Promise<{ url: string; close: () => void }> {
  const message = (type: string, body: Buffer) => {
    const head = Buffer.alloc(5)
    head.write(type)
    head.writeInt32BE(body.length + 4, 1)
    return Buffer.concat([head, body])
  }
  const int16 = (value: number) => Buffer.from([value >> 8, value & 255])
  const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value & 65_535)])
  const none = Buffer.alloc(0)
  const ready = message('Z', Buffer.from('I'))
  const column = Buffer.concat([
    Buffer.from('version\0'),
    int32(0),
    int16(0),
    int32(23),
    int16(4),
    int32(0),
    int16(0),
  ])
  const answer = Buffer.concat([
    message('1', none),
    message('t', int16(0)),
    message('T', Buffer.concat([int16(1), column])),
    message('2', none),
    message('D', Buffer.concat([int16(1), int32(6), Buffer.from('170004')])),
    message('C', Buffer.from('SELECT 1\0')),
    ready,
  ])
  const sockets = new Set<Socket>()
  const listener = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int32(0)), ready]))
      socket.on('data', (data) => (data[0] === 'X'.charCodeAt(0) ? socket.end() : socket.write(answer)))
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  return {
    url: `postgres://postgres@127.0.0.1:${typeof address === 'object' ? address?.port : 0}/postgres`,
    close: () => {
      for (const socket of sockets) socket.destroy()
      listener.close()
    },
  }
}
