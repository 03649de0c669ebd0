import { expect, test } from 'vitest'
import type { SessionState } from '../bridge/protocol.ts'
import type { Api } from './api.ts'
import { createPlugins } from './plugins.ts'
import type { Session } from './session.ts'
import { createStore } from './store.ts'

const person = (id: string): SessionState => ({
  status: 'signed-in',
  user: { id, email: 'ada@example.com', name: 'Ada', staffLevel: null },
  orgs: [],
  orgId: 'org_1',
})

function setUp() {
  const asked: string[] = []
  const setting = { origin: 'https://tallyforge.example' }
  const clientOf = (origin: string) => ({
    plugins: {
      version: {
        query: async ({ orgId, versionId }: { orgId: string; versionId: string }) => {
          asked.push(`${origin} ${orgId} ${versionId}`)
          return { id: versionId, from: origin }
        },
      },
    },
  })
  const state = createStore<SessionState>(person('usr_1'))
  const api = { origin: () => setting.origin, clientOf } as unknown as Api
  return { plugins: createPlugins(api, { state } as Session), state, setting, asked }
}

test('a version is asked for once, of each server and for each organization', async () => {
  const { plugins, setting, asked } = setUp()
  await plugins.version('ver_1')
  await plugins.version('ver_1')
  await plugins.version('ver_1', 'org_2')
  setting.origin = 'https://other.example'
  expect(await plugins.version('ver_1')).toMatchObject({ from: 'https://other.example' })
  expect(asked).toEqual([
    'https://tallyforge.example org_1 ver_1',
    'https://tallyforge.example org_2 ver_1',
    'https://other.example org_1 ver_1',
  ])
})

test.each([{ status: 'signed-out', reason: null } as const, person('usr_2')])(
  'nothing of a person is left to the next: $status',
  async (next) => {
    const { plugins, state, asked } = setUp()
    await plugins.version('ver_1')
    state.set(next)
    state.set(person('usr_1'))
    await plugins.version('ver_1')
    expect(asked).toHaveLength(2)
  },
)

test('another organization of the same person keeps what was read', async () => {
  const { plugins, state, asked } = setUp()
  await plugins.version('ver_1')
  state.set({ ...person('usr_1') })
  await plugins.version('ver_1')
  expect(asked).toHaveLength(1)
})
