import { afterEach, expect, test } from 'vitest'
import { exitCodes } from './exit-codes.ts'
import { openSessionFile } from './session-file.ts'
import type { FakeServer } from './testing/server.ts'
import { newDevice, startServer, tf } from './testing/tf.ts'

let server: FakeServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

async function start(procedures: Record<string, unknown> = {}): Promise<FakeServer> {
  server = await startServer({ procedures })
  return server
}

const never = () => new Promise(() => undefined)

test('what a server says is shown as text, in errors, notes and results', async () => {
  const { origin } = await start({
    'auth.session': {
      user: { id: 'usr_1', email: 'a@example.com', name: 'A\u001b[2J', staffLevel: null },
      orgs: [{ id: 'org_1', slug: 'acme\u009b2J', name: 'Acme', role: 'owner' }],
    },
    'plugins.byId': new Error('No\u001b]0;x\u0007\nTry again.'),
  })
  const device = await newDevice()
  const env = { TALLYFORGE_URL: origin, TALLYFORGE_TOKEN: 'secret' }
  const { stdout } = await tf(device, ['whoami'], { env })
  expect(stdout).toContain('A�[2J <a@example.com>\norganization  Acme (acme�2J)')
  expect(await tf(device, ['plugins', 'watch', 'plg_1'], { env })).toMatchObject({
    code: exitCodes.failed,
    stderr: 'No�]0;x�\nTry again.\n',
  })
  expect((await tf(device, ['--org', 'x\u001b[2J', 'whoami'], { env })).stderr).toBe(
    'You belong to no organization “x�[2J”. Yours: acme�2J.\n',
  )
})

test('a token of the environment goes to the server that is named beside it, and to no other', async () => {
  const { origin, calls, bearers } = await start()
  const device = await newDevice()
  await openSessionFile(device.env).setToken(origin, 'kept')
  const alone = { TALLYFORGE_TOKEN: 'secret' }
  expect(await tf(device, ['whoami'], { env: alone })).toMatchObject({
    code: exitCodes.usage,
    stderr: expect.stringContaining('Set TALLYFORGE_URL too'),
  })
  expect(calls).toEqual([])

  expect((await tf(device, ['whoami'])).code).toBe(exitCodes.done)
  expect((await tf(device, ['--server', origin, 'whoami'], { env: alone })).code).toBe(exitCodes.done)
  expect((await tf(device, ['whoami'], { env: { ...alone, TALLYFORGE_URL: origin } })).code).toBe(0)
  expect(bearers.filter((bearer) => bearer !== undefined)).toEqual([
    'Bearer kept',
    'Bearer secret',
    'Bearer secret',
  ])
})

test('no token goes to another machine in clear text, also where it was kept once', async () => {
  const device = await newDevice()
  const refused = {
    code: exitCodes.usage,
    stderr: expect.stringContaining('Use https for tallyforge.example'),
  }
  expect(await tf(device, ['--server', 'http://tallyforge.example', 'whoami'])).toMatchObject(refused)
  await openSessionFile(device.env).setToken('http://tallyforge.example', 'kept')
  expect(await tf(device, ['whoami'])).toMatchObject(refused)
})

test('signing out ends the session whose token is used, and forgets only a kept one', async () => {
  const { origin, calls, bearers } = await start({ 'auth.signOut': null })
  const device = await newDevice()
  const file = openSessionFile(device.env)
  await file.setToken(origin, 'kept')
  const signedOut = () => bearers[calls.lastIndexOf('auth.signOut')]

  const env = { TALLYFORGE_URL: origin, TALLYFORGE_TOKEN: 'given' }
  expect((await tf(device, ['logout'], { env })).code).toBe(exitCodes.done)
  expect(signedOut()).toBe('Bearer given')
  expect((await file.read())?.tokens).toEqual({ [origin]: 'kept' })

  expect((await tf(device, ['logout'])).code).toBe(exitCodes.done)
  expect(signedOut()).toBe('Bearer kept')
  expect((await file.read())?.tokens).toEqual({})
})

test('a sign-in page that is a file is not opened', async () => {
  const { origin } = await start({
    'auth.device.start': {
      deviceCode: 'd',
      userCode: 'BCDF-GHJK',
      verificationUrl: 'file:///etc/passwd',
      verificationUrlComplete: 'file:///etc/passwd',
      expiresInSeconds: 600,
      intervalSeconds: 2,
    },
  })
  expect(await tf(await newDevice(), ['--server', origin, 'login'])).toMatchObject({
    code: exitCodes.failed,
    stderr: 'The server’s sign-in page is not on the web. Check the server’s address, or ask its operator.\n',
    opened: [],
  })
})

test.each([
  [['whoami'], 'auth.session'],
  [['tokens', 'balance'], 'tokens.balance'],
  [['plugins', 'list'], 'plugins.list'],
  [['users', 'list'], 'admin.users.list'],
  [['login'], 'auth.device.start'],
])('Ctrl-C ends %j, also while no answer comes', async (words, procedure) => {
  const interrupt = new AbortController()
  const { origin, calls } = await start({
    [procedure]: () => {
      interrupt.abort()
      return never()
    },
  })
  const env = { TALLYFORGE_URL: origin, TALLYFORGE_TOKEN: 'secret' }
  const device = await newDevice()
  expect(await tf(device, words, { env, interrupt })).toMatchObject({ code: exitCodes.canceled, stderr: '' })
  const before = calls.length
  expect((await tf(device, words, { env, interrupt })).code).toBe(exitCodes.canceled)
  expect(calls).toHaveLength(before)
})

const quote = { low: 1_000_000n, high: 2_000_000n, hold: 3_000_000n, available: 4_000_000n }
const create = ['plugins', 'create', 'Sort lines', '--model', 'sandbox/slow']

test('after a Ctrl-C nothing is started', async () => {
  const interrupt = new AbortController()
  const { origin, calls } = await start({ 'plugins.quote': quote })
  const { code } = await tf(await newDevice(), create, {
    env: { TALLYFORGE_URL: origin, TALLYFORGE_TOKEN: 'secret' },
    interrupt,
    onSaid: (text) => text.startsWith('Costs about') && interrupt.abort(),
  })
  expect(code).toBe(exitCodes.canceled)
  expect(calls.at(-1)).toBe('plugins.quote')
})

test.each([[create], [[...create, '--detach']]])(
  '%j: what a Ctrl-C meets at its start is stopped',
  async (words) => {
    const interrupt = new AbortController()
    const { origin, calls } = await start({
      'plugins.quote': quote,
      'plugins.generate': () => {
        interrupt.abort()
        return { id: 'gen_1', pluginId: 'plg_1' }
      },
      'plugins.cancel': new Error('Stopped here, for the test.'),
    })
    const env = { TALLYFORGE_URL: origin, TALLYFORGE_TOKEN: 'secret' }
    const { stderr } = await tf(await newDevice(), words, { env, interrupt })
    expect(stderr).toContain('Stopped here, for the test.')
    expect(calls.at(-1)).toBe('plugins.cancel')
  },
)
