import { type Client, createClient } from '@tallyforge/client/client'
import { createTestDatabase, type TestDatabase, testSecretKey } from '@tallyforge/db/testing'
import { buildModelsServer } from '@tallyforge/sandbox/models-server'
import { EventSource } from 'eventsource'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { buildApp } from '../app.ts'
import { buildDeps } from '../build-deps.ts'
import type { Deps } from '../deps.ts'
import { type Env, readEnv } from '../env.ts'
import { createLog } from '../ops/log.ts'

/** Where tests pretend the web app is served. */
const publicUrl = 'http://localhost:5173'

export type TestPerson = {
  email: string
  password: string
  cookie: string
  orgId: string
  userId: string
  client: Client
}

export type TestApp = {
  url: string
  app: FastifyInstance
  deps: Deps
  database: TestDatabase
  sandbox: FastifyInstance
  /** Headers of our own web app. */
  headers: (cookie?: string) => Record<string, string>
  client: (cookie?: string) => Client
  /** A new account, signed in, with its personal org. */
  person: (name?: string) => Promise<TestPerson>
  close: () => Promise<void>
}

export type TestAppOptions = { env?: Partial<Record<keyof Env, string>>; paceMs?: number }

/** The whole API over HTTP, on a database of its own, with the template writer as its model. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase(inject('databaseServer'))
  const sandbox = buildModelsServer({ paceMs: options.paceMs ?? 0 })
  const sandboxUrl = await sandbox.listen({ host: '127.0.0.1', port: 0 })
  const env = readEnv({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    SECRET_KEY: testSecretKey,
    PUBLIC_URL: publicUrl,
    SANDBOX_MODELS_URL: `${sandboxUrl}/v1`,
    LOG_LEVEL: 'silent',
    SHUTDOWN_SECONDS: '1',
    SWEEP_SECONDS: '0.5',
    SIGN_UPS_PER_HOUR: '10000',
    CALLS_PER_MINUTE: '1000000',
    MODEL_FIRST_BYTE_SECONDS: '3',
    MODEL_IDLE_SECONDS: '2',
    ...options.env,
  })
  const { deps, close } = await buildDeps(env, createLog(env))
  const app = await buildApp(deps)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  deps.engine.start()

  const headers = (cookie = '') => ({ origin: publicUrl, ...(cookie === '' ? {} : { cookie }) })
  const client = (cookie = '') =>
    createClient({
      url: `${url}/trpc`,
      headers: () => headers(cookie),
      EventSource: eventSourceWith(headers(cookie)),
    })
  let people = 0
  return {
    url,
    app,
    deps,
    database,
    sandbox,
    headers,
    client,
    person: async (name = 'Ada Maker') => {
      people += 1
      const account = {
        email: `person-${people}-${process.pid}@example.com`,
        password: 'correct horse battery',
      }
      const response = await fetch(`${url}/trpc/auth.signUp`, {
        method: 'POST',
        headers: { ...headers(), 'content-type': 'application/json' },
        body: JSON.stringify({ json: { ...account, name } }),
      })
      expect(response.status).toBe(200)
      const cookie = cookieOf(response)
      const own = client(cookie)
      const session = await own.auth.session.query()
      const org = session?.orgs[0]
      if (session === null || org === undefined) throw new Error('sign-up made no org')
      return { ...account, cookie, orgId: org.id, userId: session.user.id, client: own }
    },
    close: async () => {
      await app.close()
      await close()
      await sandbox.close()
      await database.drop()
    },
  }
}

/** The last session cookie of an answer, as a Cookie header. */
export function cookieOf(response: Response): string {
  return response.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
}

/** EventSource that sends headers, as a browser sends its cookie. */
function eventSourceWith(headers: Record<string, string>) {
  return class extends EventSource {
    constructor(url: string | URL) {
      super(url, {
        fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
      })
    }
  }
}

/** One app for a test file; its books must balance when the file is done. */
export function useTestApp(options: TestAppOptions = {}): { current: TestApp } {
  const holder = {} as { current: TestApp }
  beforeAll(async () => {
    holder.current = await createTestApp(options)
  })
  afterAll(async () => {
    const { admin } = holder.current.database
    expect(await admin`select * from app.ledger_faults()`).toEqual([])
    await holder.current.close()
  })
  return holder
}
