import { readServerUrl } from '@tallyforge/client/server-url'
import { DomainError } from '@tallyforge/core/errors'
import { expect, test } from 'vitest'
import type { Api } from './api.ts'
import { createSession } from './session.ts'

const user = { id: 'usr_1', email: 'ada@example.com', name: 'Ada' }
const orgs = ['one', 'two'].map((name) => ({
  id: `org_${name}`,
  slug: name,
  name,
  plan: 'FREE' as const,
  role: 'owner' as const,
  isPersonal: name === 'one',
}))
const found = { user, orgs, expiresAt: new Date(0) }

/** An editor’s secret storage and memory, with a server whose answers a test chooses. */
function setUp({ secrets = new Map<string, string>(), memory = new Map<string, unknown>() } = {}) {
  const server = {
    session: async (): Promise<typeof found | null> => found,
    poll: { status: 'approved', token: 'secret-token', expiresAt: new Date(0) } as unknown,
    origin: 'https://tallyforge.example',
    signedOut: 0,
    /** The servers that were asked, each call's one. */
    asked: [] as string[],
  }
  const client = {
    auth: {
      session: { query: () => server.session() },
      signOut: {
        mutate: async () => {
          server.signedOut++
        },
      },
      device: {
        start: {
          mutate: async () => ({
            deviceCode: 'd'.repeat(40),
            userCode: 'BCDF-GHJK',
            verificationUrl: '',
            verificationUrlComplete: 'https://tallyforge.example/device?code=BCDF-GHJK',
            expiresInSeconds: 600,
            intervalSeconds: 2,
          }),
        },
        poll: { mutate: async () => server.poll },
      },
    },
  }
  const api = {
    origin: () => server.origin,
    clientOf: (origin: string) => {
      server.asked.push(origin)
      return client
    },
  }
  const log = () => undefined
  const session = createSession(
    {
      secrets: {
        get: async (key) => secrets.get(key),
        store: async (key, value) => {
          secrets.set(key, value)
        },
        delete: async (key) => {
          secrets.delete(key)
        },
      },
      memory: {
        get: <Value>(key: string) => memory.get(key) as Value | undefined,
        update: async (key: string, value: unknown) => {
          memory.set(key, value)
        },
      } as never,
      serverUrl: () => readServerUrl(server.origin),
      label: 'VS Code on ada-laptop',
      log: { info: log, warn: log, error: log, debug: log },
      wait: async () => undefined,
    },
    () => api as unknown as Api,
  )
  return { session, server, secrets, memory }
}

const status = ({ session }: ReturnType<typeof setUp>) => session.state.get().status

test('a sign-in that was let in is kept as a secret of this server alone', async () => {
  const own = setUp()
  await own.session.restored
  await own.session.signIn()
  await expect.poll(() => status(own)).toBe('signed-in')
  expect([...own.secrets]).toEqual([['token:https://tallyforge.example', 'secret-token']])
  expect(JSON.stringify([...own.memory])).not.toContain('secret-token')
  expect(await own.session.token('https://tallyforge.example')).toBe('secret-token')

  own.server.origin = 'https://other.example'
  expect(await own.session.token('https://other.example')).toBeNull()
  await own.session.changeServer()
  expect(status(own)).toBe('signed-out')
  expect(new Set(own.server.asked)).toEqual(new Set(['https://tallyforge.example']))
})

test('the code is shown until a person has answered, and a refusal says so', async () => {
  const own = setUp()
  own.server.poll = { status: 'denied' }
  const states: string[] = []
  own.session.state.onChange((state) => states.push(state.status))
  await own.session.signIn()
  await expect.poll(() => states).toEqual(['signing-in', 'signed-out'])
  expect(own.session.state.get()).toEqual({
    status: 'signed-out',
    reason: 'The sign-in was refused in the browser.',
  })
})

test('a session that ended elsewhere ends here, with its reason and without its token', async () => {
  const own = setUp({ secrets: new Map([['token:https://tallyforge.example', 'old']]) })
  await own.session.restored
  expect(status(own)).toBe('signed-in')
  own.server.session = async () => null
  await own.session.noticeEnd()
  expect(own.session.state.get()).toMatchObject({ reason: expect.stringContaining('signed out elsewhere') })
  expect([...own.secrets]).toEqual([])
})

test('a person stays known while the server does not answer', async () => {
  const first = setUp()
  await first.session.signIn()
  await expect.poll(() => status(first)).toBe('signed-in')
  const { secrets, memory } = first
  const second = setUp({ secrets, memory })
  second.server.session = async () => {
    throw new DomainError('unavailable', 'away')
  }
  await second.session.restored
  await second.session.restore()
  expect(second.session.state.get()).toMatchObject({ status: 'signed-in', user })
})

test('the organization that was chosen is the one after the next start', async () => {
  const first = setUp()
  await first.session.signIn()
  await expect.poll(() => status(first)).toBe('signed-in')
  expect(first.session.state.get()).toMatchObject({ orgId: 'org_one' })
  await first.session.chooseOrg('org_two')
  await first.session.chooseOrg('org_of_nobody')
  const second = setUp(first)
  await second.session.restored
  expect(second.session.state.get()).toMatchObject({ status: 'signed-in', orgId: 'org_two' })
})

test('signing out tells the server, and forgets the token also when it does not answer', async () => {
  const own = setUp({ secrets: new Map([['token:https://tallyforge.example', 'secret-token']]) })
  await own.session.restored
  await own.session.signOut()
  expect(own.server.signedOut).toBe(1)
  expect([...own.secrets]).toEqual([])
  expect(own.session.state.get()).toEqual({ status: 'signed-out', reason: null })
})

test('a token that comes after the setting has changed stays with the server that gave it', async () => {
  const own = setUp()
  const answered = Promise.withResolvers<unknown>()
  own.server.poll = answered.promise
  await own.session.signIn()
  // Not told yet: the answer is faster than the editor's word of the setting.
  own.server.origin = 'https://other.example'
  answered.resolve({ status: 'approved', token: 'secret-token', expiresAt: new Date(0) })
  await expect.poll(() => [...own.secrets]).toEqual([['token:https://tallyforge.example', 'secret-token']])
  await own.session.restore()
  expect(status(own)).not.toBe('signed-in')
  expect(new Set(own.server.asked)).toEqual(new Set(['https://tallyforge.example']))
})

test('a sign-in ends when the setting names another server, and gives nothing to that one', async () => {
  const own = setUp()
  const answered = Promise.withResolvers<unknown>()
  own.server.poll = answered.promise
  await own.session.signIn()
  expect(status(own)).toBe('signing-in')
  own.server.origin = 'https://other.example'
  await own.session.changeServer()
  expect(status(own)).toBe('signed-out')
  answered.resolve({ status: 'approved', token: 'secret-token', expiresAt: new Date(0) })
  await answered.promise
  await own.session.restore()
  expect([...own.secrets]).toEqual([])
  expect(status(own)).toBe('signed-out')
})

test('an answer of the server before signs nobody in or out at the next one', async () => {
  const own = setUp({
    secrets: new Map([
      ['token:https://tallyforge.example', 'one'],
      ['token:https://other.example', 'two'],
    ]),
  })
  await own.session.restored
  const late = Promise.withResolvers<typeof found | null>()
  own.server.session = () => late.promise
  const looked = own.session.restore()
  own.server.session = async () => ({ ...found, user: { ...user, id: 'usr_2' } })
  own.server.origin = 'https://other.example'
  await own.session.changeServer()
  late.resolve(null)
  await looked
  expect(own.session.state.get()).toMatchObject({ status: 'signed-in', user: { id: 'usr_2' } })
  expect(own.secrets.get('token:https://other.example')).toBe('two')
})

test('whoever follows the session lets a server go, even where the same person is at the next one', async () => {
  const own = setUp({
    secrets: new Map([
      ['token:https://tallyforge.example', 'one'],
      ['token:https://other.example', 'two'],
    ]),
  })
  await own.session.restored
  const states: string[] = []
  own.session.state.onChange((state) => states.push(state.status))
  own.server.origin = 'https://other.example'
  await own.session.changeServer()
  expect(states).toEqual(['signed-out', 'signed-in'])
  // The setting was written in another way.
  await own.session.changeServer()
  expect(states).toEqual(['signed-out', 'signed-in'])
})
