import { expect, test } from 'vitest'
import { signInAsDevice } from './device-sign-in.ts'

const start = {
  deviceCode: 'd'.repeat(40),
  userCode: 'BCDF-GHJK',
  verificationUrl: 'https://tallyforge.example/device',
  verificationUrlComplete: 'https://tallyforge.example/device?code=BCDF-GHJK',
  expiresInSeconds: 600,
  intervalSeconds: 2,
}
type Poll =
  | { status: 'pending' | 'slow_down' | 'denied' | 'expired' }
  | { status: 'approved'; token: string; expiresAt: Date }

/** A sign-in against answers in order, on a clock that moves with its waits. */
function attempt(answers: (Poll | Error)[], signal = new AbortController().signal, started = start) {
  let now = 0
  const waits: number[] = []
  const shown: unknown[] = []
  const outcome = signInAsDevice({
    device: {
      start: { mutate: async () => started },
      poll: {
        mutate: async () => {
          const answer = answers.shift() ?? { status: 'pending' as const }
          if (answer instanceof Error) throw answer
          return answer
        },
      },
    },
    label: 'VS Code on ada-laptop',
    onCode: (code) => shown.push(code),
    wait: async (milliseconds) => {
      waits.push(milliseconds)
      now += milliseconds
    },
    now: () => now,
    signal,
  })
  return { outcome, waits, shown }
}

test('shows the code, asks until it is let in, and answers with the token', async () => {
  const { outcome, waits, shown } = attempt([
    { status: 'pending' },
    { status: 'approved', token: 'secret', expiresAt: new Date() },
  ])
  expect(await outcome).toEqual({ status: 'approved', token: 'secret' })
  expect(shown).toEqual([
    { userCode: 'BCDF-GHJK', verificationUri: start.verificationUrlComplete, expiresAt: 600_000 },
  ])
  expect(waits).toEqual([2_000, 2_000])
})

test('asks less often when it is told so, and when no answer comes', async () => {
  const { outcome, waits } = attempt([
    { status: 'slow_down' },
    new Error('ECONNREFUSED'),
    { status: 'denied' },
  ])
  expect(await outcome).toEqual({ status: 'denied' })
  expect(waits).toEqual([2_000, 3_000, 4_000])
})

test('ends when the code has expired, also when nobody says so', async () => {
  expect(await attempt([{ status: 'expired' }]).outcome).toEqual({ status: 'expired' })
  expect(await attempt([]).outcome).toEqual({ status: 'expired' })
})

test('ends when somebody cancels', async () => {
  const canceled = new AbortController()
  canceled.abort()
  expect(await attempt([{ status: 'pending' }], canceled.signal).outcome).toEqual({ status: 'canceled' })
})

test.each([
  { verificationUrlComplete: 'file:///etc/passwd' },
  { verificationUrlComplete: 'vscode://publisher.extension/run' },
  { verificationUrlComplete: 'javascript:alert(1)' },
  { verificationUrlComplete: '/device?code=BCDF-GHJK' },
  { userCode: 'BCDF-GHJK\u001b[2J' },
  { userCode: 'BCDF-GHJK\n' },
  { userCode: 'BCDFGHJK' },
  { userCode: '' },
])('shows nothing and opens nothing for %j', async (answer) => {
  const { outcome, shown } = attempt([{ status: 'denied' }], undefined, { ...start, ...answer })
  await expect(outcome).rejects.toThrow('Check the server’s address')
  expect(shown).toEqual([])
})

test('an address is shown as it is opened', async () => {
  const verificationUrlComplete = 'http://localhost:5173/device?code=BCDF-GHJK&x=\u001b[2J'
  const { outcome, shown } = attempt([{ status: 'denied' }], undefined, { ...start, verificationUrlComplete })
  await outcome
  expect(shown).toMatchObject([{ verificationUri: 'http://localhost:5173/device?code=BCDF-GHJK&x=%1B[2J' }])
})
