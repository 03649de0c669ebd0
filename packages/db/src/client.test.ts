import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './testing.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase(inject('databaseServer'))
})
afterAll(() => test.drop())

const until = async (holds: () => boolean) => {
  for (let waited = 0; waited < 200 && !holds(); waited++) await sleep(25)
  expect(holds()).toBe(true)
}

it('listens, says so, and comes back as often as its connection is lost', async () => {
  const heard: string[] = []
  let listens = 0
  await test.db.listen(
    'news',
    (payload) => heard.push(payload),
    () => {
      listens++
    },
  )
  expect(listens).toBe(1)
  for (let round = 1; round <= 3; round++) {
    await test.db.service.execute(sql`select pg_notify('news', ${`round ${round}`})`)
    await until(() => heard.length === round)
    await test.admin`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen%'`
    await until(() => listens === round + 1)
  }
  expect(heard).toEqual(['round 1', 'round 2', 'round 3'])
})

it('comes back to its channel also when the server refuses it for a while', async () => {
  let listens = 0
  await test.db.listen(
    'later',
    () => undefined,
    () => {
      listens++
    },
  )
  const name = new URL(test.url).pathname.slice(1)
  const server = test.admin
  await server`alter role app_service connection limit 0`
  try {
    await server`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = ${name} and query ilike 'listen "later"%'`
    await sleep(700)
    expect(listens).toBe(1)
  } finally {
    await server`alter role app_service connection limit -1`
  }
  await until(() => listens === 2)
})

it('takes the settings that bound every wait', async () => {
  const [row] = await test.db.service.execute(sql`
    select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
      current_setting('transaction_timeout') as transaction,
      current_setting('idle_in_transaction_session_timeout') as idle, current_user as name`)
  expect(row).toEqual({ statement: '5s', lock: '2s', transaction: '15s', idle: '10s', name: 'app_service' })
})
