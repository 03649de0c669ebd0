import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, createClient } from '@tallyforge/client/client'
import { createTestDatabase, testSecretKey } from '@tallyforge/db/testing'
import { buildModelsServer } from '@tallyforge/sandbox/models-server'
import { expect } from 'vitest'
import { type ApiProcess, startApi } from './api-process.ts'

/** The moments at which a round kills the server: on the first notice of that kind, or at a random time. */
export const moments = [
  'after the hold',
  'after the first byte',
  'before the end',
  'after the end',
  'random',
] as const
export type Moment = (typeof moments)[number]

const origin = 'http://localhost:5173'
const clients = 20

type Person = { cookie: string; orgId: string }

/**
 * Kills the API with SIGKILL while 20 people generate, starts it again, lets every client retry the operation it had, and
 * checks that all is whole: books balanced, no hold open, one generation and at most one charge per operation, no half
 * version. Returns how many generations there were in the end.
 */
export async function crashRounds(
  serverUrl: string,
  plan: { moments: Moment[]; random: () => number },
): Promise<number> {
  const database = await createTestDatabase(serverUrl)
  const sandbox = buildModelsServer({ paceMs: 3 })
  const sandboxUrl = await sandbox.listen({ host: '127.0.0.1', port: 0 })
  const env = {
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    SECRET_KEY: testSecretKey,
    PUBLIC_URL: origin,
    SANDBOX_MODELS_URL: `${sandboxUrl}/v1`,
    LOG_LEVEL: 'silent',
    HOLD_SECONDS: '3',
    LEASE_SECONDS: '2',
    SWEEP_SECONDS: '0.3',
    SIGN_UPS_PER_HOUR: '100000',
  }
  let api = await startApi(env)
  let people: Person[] = []
  let generations = 0
  try {
    for (const [round, moment] of plan.moments.entries()) {
      // Failures are free, but only ten a day: new people every few rounds.
      if (round % 4 === 0) people = await Promise.all(Array.from({ length: clients }, () => signUp(api.url)))
      const operations = people.map((person) => ({ person, operationId: randomUUID() }))
      const killed = killAt(moment, api, database.admin, plan.random)
      const first = await Promise.allSettled(operations.map((operation) => generate(api.url, operation)))
      await killed
      api = await startApi(env)
      await Promise.all(operations.map((operation) => retryUntilAnswered(api.url, operation)))
      await untilAllEnded(database.admin)
      generations += operations.length
      await checkWhole(database.admin, operations)
      // What was acknowledged before the kill is still the same generation.
      for (const [index, answer] of first.entries()) {
        if (answer.status !== 'fulfilled') continue
        const operation = operations[index]
        expect(operation && (await generate(api.url, operation)).id).toBe(answer.value.id)
      }
    }
  } finally {
    await api.stop()
    await sandbox.close()
    await database.drop()
  }
  return generations
}

type Admin = Awaited<ReturnType<typeof createTestDatabase>>['admin']
type Operation = { person: Person; operationId: string }

function clientOf(url: string, cookie: string): Client {
  return createClient({ url: `${url}/trpc`, headers: () => ({ origin, cookie }) })
}

async function signUp(url: string): Promise<Person> {
  const response = await fetch(`${url}/trpc/auth.signUp`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({
      json: { email: `${randomUUID()}@example.com`, password: 'correct horse battery', name: 'Crash' },
    }),
  })
  const cookie = response.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
  const session = await clientOf(url, cookie).auth.session.query()
  const orgId = session?.orgs[0]?.id
  if (orgId === undefined) throw new Error('sign-up made no org')
  return { cookie, orgId }
}

function generate(url: string, { person, operationId }: Operation) {
  return clientOf(url, person.cookie).plugins.generate.mutate({
    orgId: person.orgId,
    operationId,
    prompt: 'Show the word count in the status bar',
    model: 'sandbox/template-writer',
    cap: 2_000_000_000n,
  })
}

/** The client's own retry: the answer may have been lost with the server. */
async function retryUntilAnswered(url: string, operation: Operation): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await generate(url, operation)
      return
    } catch (error) {
      if (attempt === 20) throw error
      await sleep(100)
    }
  }
}

async function killAt(moment: Moment, api: ApiProcess, admin: Admin, random: () => number): Promise<unknown> {
  if (moment === 'random') {
    await sleep(random() * 1_500)
    return api.kill()
  }
  const wanted = {
    'after the hold': () => admin`select 1 from app.holds where state = 'open' limit 1`,
    'after the first byte': () => admin`
      select 1 from app.generation_events e join app.generations g on g.id = e.generation_id
      where g.finished_at is null and e.event ->> 'type' in ('prose', 'file-text') limit 1`,
    'before the end': () => admin`select 1 from app.generations where state = 'validating' limit 1`,
    'after the end': () =>
      admin`select 1 from app.generations where finished_at > now() - interval '300 milliseconds' limit 1`,
  }[moment]
  const end = Date.now() + 30_000
  while (Date.now() < end) {
    if ((await wanted()).length > 0) return api.kill()
  }
  throw new Error(`the moment "${moment}" never came`)
}

async function untilAllEnded(admin: Admin): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const [open] = await admin<{ count: number }[]>`
      select (select count(*) from app.generations where finished_at is null)::int
        + (select count(*) from app.holds where state = 'open')::int as count`
    if (open?.count === 0) return
    await sleep(50)
  }
  throw new Error('generations or holds are still open 30 s after the restart')
}

async function checkWhole(admin: Admin, operations: Operation[]): Promise<void> {
  expect(await admin`select * from app.ledger_faults()`).toEqual([])
  const ids = operations.map(({ operationId }) => operationId)
  const [counts] = await admin<{ generations: number; halves: number; unpaid: number }[]>`
    select
      (select count(*) from app.generations where operation_id = any(${ids}::uuid[]))::int as generations,
      -- A ready version without files or manifest, or a success without its version.
      (select count(*) from app.generations g left join app.versions v on v.org_id = g.org_id and v.id = g.version_id
        where g.state = 'succeeded' and (v.state is distinct from 'ready' or v.manifest is null
          or not exists (select from app.version_files f where f.org_id = v.org_id and f.version_id = v.id)))::int as halves,
      -- A success that was not charged, or a failure that was.
      (select count(*) from app.generations g join app.holds h on h.org_id = g.org_id and h.operation_id = g.operation_id
        where (g.state = 'succeeded') <> (h.state = 'settled' and h.charged > 0))::int as unpaid`
  expect(counts).toEqual({ generations: operations.length, halves: 0, unpaid: 0 })
}
