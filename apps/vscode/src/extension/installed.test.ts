import { readServerUrl } from '@tallyforge/client/server-url'
import { expect, test } from 'vitest'
import { createInstalled } from './installed.ts'

const server = 'https://tallyforge.example'
const wordCount = { extensionId: 'tallyforge.word-count-1a2b3c4d', versionId: 'ver_1', number: 1 }

function setUp() {
  const memory = new Map<string, unknown>()
  const setting = { text: server }
  const present = new Set<string>()
  const trust = { isTrusted: true }
  const installed = createInstalled({
    memory: {
      get: <Value>(key: string, initial?: Value) => (memory.get(key) as Value | undefined) ?? initial,
      update: async (key: string, value: unknown) => {
        memory.set(key, value)
      },
    } as never,
    serverUrl: () => readServerUrl(setting.text),
    isPresent: (id) => present.has(id),
    isTrusted: () => trust.isTrusted,
  })
  return { installed, present, trust, setting }
}

test('what was just installed counts before VS Code lists it', async () => {
  const { installed } = setUp()
  await installed.add(server, 'plg_1', wordCount)
  expect(installed.state.get()).toEqual({ plg_1: { versionId: 'ver_1', number: 1 } })
  expect(installed.of('plg_1')).toEqual(wordCount)
})

test('what was uninstalled elsewhere is not installed any more', async () => {
  const { installed, present } = setUp()
  await installed.add(server, 'plg_1', wordCount)
  present.add(wordCount.extensionId)
  installed.refresh()
  present.clear()
  installed.refresh()
  expect(installed.state.get()).toEqual({})
  expect(installed.of('plg_1')).toBeNull()
})

test('what a restricted workspace hides is still there', async () => {
  const { installed, present, trust } = setUp()
  await installed.add(server, 'plg_1', wordCount)
  present.add(wordCount.extensionId)
  installed.refresh()
  trust.isTrusted = false
  present.clear()
  installed.refresh()
  expect(installed.of('plg_1')).toEqual(wordCount)
})

test('an update takes the place of the version before; what is removed is gone', async () => {
  const { installed } = setUp()
  await installed.add(server, 'plg_1', wordCount)
  await installed.add(server, 'plg_1', { ...wordCount, versionId: 'ver_2', number: 2 })
  expect(installed.state.get()).toEqual({ plg_1: { versionId: 'ver_2', number: 2 } })
  await installed.remove(server, 'plg_1')
  expect(installed.state.get()).toEqual({})
})

test('what came from one server does not count at another, which may give the same ids', async () => {
  const { installed, setting } = setUp()
  await installed.add(server, 'plg_1', wordCount)
  setting.text = 'https://other.example'
  installed.refresh()
  expect(installed.state.get()).toEqual({})
  expect(installed.of('plg_1')).toBeNull()
  // One that was under way when the setting changed.
  await installed.add(server, 'plg_2', { ...wordCount, extensionId: 'tallyforge.two-1a2b3c4d' })
  expect(installed.state.get()).toEqual({})
  setting.text = server
  installed.refresh()
  expect(Object.keys(installed.state.get())).toEqual(['plg_1', 'plg_2'])
})
