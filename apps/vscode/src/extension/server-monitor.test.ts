import { readServerUrl } from '@tallyforge/client/server-url'
import type { ServerCheck } from '@tallyforge/client/version'
import { expect, test } from 'vitest'
import { monitorServer } from './server-monitor.ts'

function setUp(answers: ServerCheck[], setting = 'https://tallyforge.example') {
  const asked: string[] = []
  const pauses: number[] = []
  const last = answers.at(-1)
  const server = monitorServer({
    serverUrl: () => readServerUrl(setting),
    version: '0.2.0',
    ask: async (origin) => {
      asked.push(origin)
      const answer = answers.shift() ?? last
      if (answer === undefined) throw new Error('nothing to answer')
      return answer
    },
    pause: async (milliseconds) => {
      pauses.push(milliseconds)
    },
  })
  return { server, asked, pauses }
}

test('a server that fits is compatible', async () => {
  const { server, asked } = setUp([{ kind: 'compatible', serverVersion: '0.3.0' }])
  expect(server.state.get()).toEqual({ status: 'checking' })
  await server.check()
  expect(server.state.get()).toEqual({ status: 'compatible', serverVersion: '0.3.0' })
  expect(asked).toEqual(['https://tallyforge.example'])
})

test('a server that is newer or older is told with both releases and the next step', async () => {
  const { server } = setUp([
    { kind: 'client-too-old', serverVersion: '9.0.0', oldestClient: '8.0.0', message: 'Update this one.' },
  ])
  await server.check()
  expect(server.state.get()).toEqual({
    status: 'client-too-old',
    clientVersion: '0.2.0',
    serverVersion: '9.0.0',
    message: 'Update this one.',
  })
})

test('a server that does not answer is asked until it does, at growing distances', async () => {
  const away: ServerCheck = { kind: 'unreachable', message: 'No answer.' }
  const { server, pauses } = setUp([away, away, away, { kind: 'compatible', serverVersion: '0.3.0' }])
  await server.check()
  expect(server.state.get()).toEqual({ status: 'unreachable', message: 'No answer.' })
  await expect.poll(() => server.state.get().status).toBe('compatible')
  expect(pauses).toEqual([2_000, 4_000, 8_000])
})

test('an address that cannot be used is never asked', async () => {
  const { server, asked } = setUp([], 'http://tallyforge.example')
  await server.check()
  expect(server.state.get()).toMatchObject({
    status: 'unreachable',
    message: expect.stringContaining('Use https'),
  })
  server.dispose()
  expect(asked).toEqual([])
})
