import { expect, test } from 'vitest'
import { createKeptState } from './kept-state.ts'

/** What VS Code keeps for the panel: JSON. */
function memory(stored: unknown = null) {
  let kept = JSON.stringify(stored)
  return {
    kept: () => JSON.parse(kept) as unknown,
    keep: (state: unknown) => {
      kept = JSON.stringify(state)
    },
  }
}

const draft = { prompt: 'Sort lines', model: 'm', cap: '500', operationId: 'op-1' }

const here = 'https://tallyforge.example'
const nothing = { personId: null, route: { name: 'home' }, drafts: {}, repairs: {} }

/** A panel that has heard from its host. */
function opened(port: ReturnType<typeof memory>, server = here) {
  const state = createKeptState(port)
  state.enter(server, null)
  return state
}

test('a panel that is loaded again is where it was, with the words that were typed', () => {
  const port = memory()
  const before = opened(port)
  before.go({ name: 'plugin', pluginId: 'plg_1', versionId: 'ver_1' })
  before.draft('plg_1', draft)
  before.repair('plg_1', 'ver_2')
  const after = opened(port).get()
  expect(after).toEqual({
    personId: null,
    route: { name: 'plugin', pluginId: 'plg_1', versionId: 'ver_1' },
    drafts: { plg_1: draft },
    repairs: { plg_1: 'ver_2' },
  })
})

test('a receipt is kept with the way back from it', () => {
  const port = memory()
  opened(port).go({ name: 'receipt', holdId: 'hld_1', from: { name: 'tokens' } })
  expect(opened(port).get().route).toEqual({
    name: 'receipt',
    holdId: 'hld_1',
    from: { name: 'tokens' },
  })
})

test('a repair that was sent is one no more', () => {
  const state = opened(memory())
  state.repair('plg_1', 'ver_2')
  state.repair('plg_1', null)
  expect(state.get().repairs).toEqual({})
})

test.each([
  ['nothing', null],
  ['text', 'home'],
  ['a list', []],
  ['parts of another shape', { route: { name: 'plugin' }, drafts: { a: { prompt: 1 } }, repairs: { b: 2 } }],
  ['a place that is gone', { route: { name: 'settings' }, drafts: null }],
])('%s that was kept is no reason to fail', (_, stored) => {
  expect(opened(memory(stored)).get()).toEqual(nothing)
  expect(opened(memory({ servers: { [here]: stored } })).get()).toEqual(nothing)
})

test('after a sign-out nothing of the person is left', () => {
  const port = memory()
  const state = opened(port)
  state.draft('plg_1', draft)
  state.go({ name: 'tokens' })
  state.forget()
  expect(port.kept()).toEqual({ servers: { [here]: nothing } })
})

test('each server has its own: one finds nothing of another, and all of itself', () => {
  const port = memory()
  const state = opened(port)
  state.draft('plg_1', draft)
  state.go({ name: 'plugin', pluginId: 'plg_1' })
  state.enter('https://other.example', null)
  expect(state.get()).toEqual(nothing)
  state.draft('plg_2', draft)
  state.forget()
  state.enter(here, null)
  const own = {
    personId: null,
    route: { name: 'plugin', pluginId: 'plg_1' },
    drafts: { plg_1: draft },
    repairs: {},
  }
  expect(state.get()).toEqual(own)
  expect(opened(port).get()).toEqual(own)
})

test('what one person left at a server is not shown to the next, wherever the window was in between', () => {
  const port = memory()
  const state = opened(port)
  state.enter(here, 'usr_1')
  state.draft('plg_1', draft)
  state.enter('https://other.example', null)
  state.enter(here, null)
  state.enter(here, 'usr_1')
  expect(state.get().drafts).toEqual({ plg_1: draft })
  state.enter('https://other.example', null)
  state.enter(here, 'usr_2')
  expect(state.get()).toEqual({ ...nothing, personId: 'usr_2' })
})

test('nor by a panel that is loaded again between the two', () => {
  const port = memory()
  const state = opened(port)
  state.enter(here, 'usr_1')
  state.draft('plg_1', draft)
  const next = opened(port)
  next.enter(here, 'usr_2')
  expect(next.get().drafts).toEqual({})
})

test('where the host leads before somebody has signed in, they are led', () => {
  const state = opened(memory())
  state.go({ name: 'tokens' })
  state.enter(here, 'usr_1')
  expect(state.get().route).toEqual({ name: 'tokens' })
})
