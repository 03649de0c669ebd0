import { expect, test } from 'vitest'
import type { SessionState } from '../bridge/protocol.ts'
import type { Api } from './api.ts'
import type { Session } from './session.ts'
import { createStore } from './store.ts'
import { watchOrg } from './watcher.ts'

const ada: SessionState = {
  status: 'signed-in',
  user: { id: 'usr_1', email: 'ada@example.com', name: 'Ada', staffLevel: null },
  orgs: [],
  orgId: 'org_1',
}

test('the stream ends with the session of its server, and the next server has one of its own', () => {
  const setting = { origin: 'https://tallyforge.example' }
  const streams: { origin: string; isOpen: boolean }[] = []
  const untyped = () => ({
    subscription: () => {
      const stream = { origin: setting.origin, isOpen: true }
      streams.push(stream)
      return {
        unsubscribe: () => {
          stream.isOpen = false
        },
      }
    },
  })
  const state = createStore<SessionState>(ada)
  const ignore = () => undefined
  const watcher = watchOrg({
    api: { origin: () => setting.origin, untyped } as unknown as Api,
    session: { state } as Session,
    log: { info: ignore, warn: ignore, error: ignore, debug: ignore },
  })
  setting.origin = 'https://other.example'
  state.set({ status: 'signed-out', reason: null })
  state.set({ ...ada })
  expect(streams).toEqual([
    { origin: 'https://tallyforge.example', isOpen: false },
    { origin: 'https://other.example', isOpen: true },
  ])
  watcher.dispose()
  expect(streams[1]?.isOpen).toBe(false)
})
