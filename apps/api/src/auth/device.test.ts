import { createClient } from '@tallyforge/client/client'
import { readError } from '@tallyforge/client/errors'
import { EventSource } from 'eventsource'
import { describe, expect, test } from 'vitest'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

/** What a device has before anybody let it in: no cookie, no origin. */
const device = (token?: string) =>
  createClient({
    url: `${app.current.url}/trpc`,
    auth: () => token ?? null,
    EventSource,
  })

const kindOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => readError(error).kind,
  )

async function letIn(person: TestPerson, label = 'An editor') {
  const start = await device().auth.device.start.mutate({ label })
  await person.client.auth.device.approve.mutate({ userCode: start.userCode })
  const answer = await device().auth.device.poll.mutate({ deviceCode: start.deviceCode })
  if (answer.status !== 'approved') throw new Error(answer.status)
  return { ...start, token: answer.token }
}

const statusOf = async (deviceCode: string) => (await device().auth.device.poll.mutate({ deviceCode })).status

const code = (index: number) => `BCDFGH${'BCDFGHJKLM'[Math.floor(index / 10)]}${'BCDFGHJKLM'[index % 10]}`

const age = (seconds: number) => app.current.database.admin`
  update auth.device_sign_ins set expires_at = expires_at - make_interval(secs => ${seconds}), polled_at = null`

describe('a device', () => {
  test('waits, is let in by the code it shows, and gets its session once', async () => {
    const ada = await app.current.person('Ada')
    const start = await device().auth.device.start.mutate({ label: 'VS Code on a laptop' })
    expect(start.userCode).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
    expect(start.verificationUrlComplete).toBe(`http://localhost:5173/device?code=${start.userCode}`)
    expect(await statusOf(start.deviceCode)).toBe('pending')
    expect(await statusOf(start.deviceCode)).toBe('slow_down')
    const typed = start.userCode.toLowerCase().replace('-', ' ')
    expect(await ada.client.auth.device.describe.mutate({ userCode: typed })).toMatchObject({
      label: 'VS Code on a laptop',
    })
    await ada.client.auth.device.approve.mutate({ userCode: typed })
    const answer = await device().auth.device.poll.mutate({ deviceCode: start.deviceCode })
    expect(answer.status).toBe('approved')
    expect(await statusOf(start.deviceCode)).toBe('expired')
    const token = answer.status === 'approved' ? answer.token : ''
    const session = await device(token).auth.session.query()
    expect(session?.user.name).toBe('Ada')
    const { items } = await device(token).plugins.list.query({ orgId: ada.orgId })
    expect(items).toEqual([])
  })

  test('asked twenty times at once after the approval is let in once', async () => {
    const ada = await app.current.person('Once')
    const start = await device().auth.device.start.mutate({ label: 'x' })
    await ada.client.auth.device.approve.mutate({ userCode: start.userCode })
    const answers = await Promise.all(Array.from({ length: 20 }, () => statusOf(start.deviceCode)))
    expect(answers.filter((status) => status === 'approved')).toHaveLength(1)
    expect((await ada.client.auth.sessions.query()).filter(({ kind }) => kind === 'device')).toHaveLength(1)
  })

  test('that is refused, or waits too long, is not let in; nor is one that nobody knows', async () => {
    const ada = await app.current.person('Deny')
    const refused = await device().auth.device.start.mutate({ label: 'x' })
    await ada.client.auth.device.deny.mutate({ userCode: refused.userCode })
    expect(await statusOf(refused.deviceCode)).toBe('denied')
    expect(await kindOf(ada.client.auth.device.approve.mutate({ userCode: refused.userCode }))).toBe(
      'not_found',
    )
    const late = await device().auth.device.start.mutate({ label: 'x' })
    await ada.client.auth.device.approve.mutate({ userCode: late.userCode })
    await age(601)
    expect(await statusOf(late.deviceCode)).toBe('expired')
    expect(await kindOf(ada.client.auth.device.describe.mutate({ userCode: late.userCode }))).toBe(
      'not_found',
    )
    expect(await statusOf('a'.repeat(40))).toBe('expired')
  })

  test('of somebody who was suspended meanwhile is not let in', async () => {
    const ada = await app.current.person('Suspended')
    const start = await device().auth.device.start.mutate({ label: 'x' })
    await ada.client.auth.device.approve.mutate({ userCode: start.userCode })
    await app.current.database.admin`update auth.users set suspended_at = now() where email = ${ada.email}`
    expect(await statusOf(start.deviceCode)).toBe('denied')
  })

  test('is let in by one person only, whoever comes first', async () => {
    const [ada, bob] = [await app.current.person('First'), await app.current.person('Second')]
    const start = await device().auth.device.start.mutate({ label: 'x' })
    const approve = (person: TestPerson) =>
      kindOf(person.client.auth.device.approve.mutate({ userCode: start.userCode }))
    expect((await Promise.all([approve(ada), approve(bob)])).sort()).toEqual([null, 'not_found'].sort())
  })

  test.each([
    [
      'the password was changed',
      (ada: TestPerson) =>
        ada.client.auth.changePassword.mutate({
          currentPassword: 'correct horse battery',
          newPassword: 'another horse battery',
        }),
    ],
    [
      'the session that let it in was revoked',
      async (ada: TestPerson) => {
        for (const { id } of await ada.client.auth.sessions.query()) {
          await ada.client.auth.revokeSession.mutate({ sessionId: id })
        }
      },
    ],
  ])('that was let in before %s, and asks after it, is not', async (_, end) => {
    const ada = await app.current.person('Too late')
    const start = await device().auth.device.start.mutate({ label: 'x' })
    await ada.client.auth.device.approve.mutate({ userCode: start.userCode })
    await end(ada)
    expect(await statusOf(start.deviceCode)).toBe('expired')
  })

  test('that asks while the password is changed keeps no session', async () => {
    for (let round = 0; round < 5; round++) {
      const ada = await app.current.person('Race')
      const start = await device().auth.device.start.mutate({ label: 'x' })
      await ada.client.auth.device.approve.mutate({ userCode: start.userCode })
      const change = ada.client.auth.changePassword.mutate({
        currentPassword: 'correct horse battery',
        newPassword: 'another horse battery',
      })
      const answers = []
      let isChanged = false
      void change.then(() => (isChanged = true))
      while (!isChanged) {
        const answer = await device().auth.device.poll.mutate({ deviceCode: start.deviceCode })
        if (answer.status === 'approved') answers.push(answer.token)
        if (answer.status === 'expired') break
      }
      await change
      for (const token of answers) expect(await device(token).auth.session.query()).toBeNull()
    }
  })

  test('is let in by no device', async () => {
    const ada = await app.current.person('Chain')
    const { token } = await letIn(ada)
    const next = await device().auth.device.start.mutate({ label: 'x' })
    const { userCode } = next
    for (const act of ['describe', 'approve', 'deny'] as const) {
      expect(await kindOf(device(token).auth.device[act].mutate({ userCode })), act).toBe('forbidden')
    }
    expect(await statusOf(next.deviceCode)).toBe('pending')
  })

  test('is no fresher than the session that let it in, and ends with it', async () => {
    const ada = await app.current.person('Old')
    const { admin } = app.current.database
    await admin`
      update auth.sessions set signed_in_at = now() - interval '9 hours', ends_at = now() + interval '1 hour'
      where user_id = (select id from auth.users where email = ${ada.email})`
    await admin`update auth.users set staff_level = 'admin' where email = ${ada.email}`
    const { token } = await letIn(ada)
    expect(await kindOf(device(token).admin.users.list.query({}))).toBe('forbidden')
    const ends = await admin`
      select distinct signed_in_at, ends_at from auth.sessions
      where user_id = (select id from auth.users where email = ${ada.email})`
    expect(ends).toHaveLength(1)
  })

  test('codes cannot be found by trying', async () => {
    const ada = await app.current.person('Guesser')
    const kinds = []
    for (const letter of 'BCDFGHJK') {
      kinds.push(await kindOf(ada.client.auth.device.approve.mutate({ userCode: letter.repeat(8) })))
    }
    expect(kinds.slice(0, 5)).toEqual(Array(5).fill('not_found'))
    expect(kinds).toContain('too_many_requests')
    // Nor by trying many at once.
    const bob = await app.current.person('Burst')
    const burst = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        kindOf(bob.client.auth.device.approve.mutate({ userCode: code(index) })),
      ),
    )
    expect(burst.filter((kind) => kind === 'not_found').length).toBeLessThanOrEqual(6)
  })
})

describe('the session of a device', () => {
  test('is listed with the browser’s, and revoked it opens nothing more', async () => {
    const ada = await app.current.person('Lister')
    const { token } = await letIn(ada, 'The command line')
    const sessions = await ada.client.auth.sessions.query()
    expect(sessions).toMatchObject([
      { kind: 'device', label: 'The command line', isCurrent: false },
      { kind: 'browser', label: null, isCurrent: true },
    ])
    const sessionId = sessions[0]?.id ?? ''
    const bob = await app.current.person('Stranger')
    await bob.client.auth.revokeSession.mutate({ sessionId })
    expect(await device(token).auth.session.query()).not.toBeNull()
    await ada.client.auth.revokeSession.mutate({ sessionId })
    expect(await device(token).auth.session.query()).toBeNull()
    expect(await kindOf(device(token).plugins.list.query({ orgId: ada.orgId }))).toBe('unauthenticated')
    await ada.client.auth.revokeSession.mutate({ sessionId })
  })

  test('ends with a change of the password, and by signing out on the device', async () => {
    const ada = await app.current.person('Changer')
    const [one, two] = [await letIn(ada), await letIn(ada)]
    await device(one.token).auth.signOut.mutate()
    expect(await device(one.token).auth.session.query()).toBeNull()
    expect(await device(two.token).auth.session.query()).not.toBeNull()
    await ada.client.auth.changePassword.mutate({
      currentPassword: 'correct horse battery',
      newPassword: 'another horse battery',
    })
    expect(await device(two.token).auth.session.query()).toBeNull()
  })

  test('is no cookie, and a browser’s is no bearer', async () => {
    const ada = await app.current.person('Mixer')
    const { token } = await letIn(ada)
    const asCookie = app.current.client(`sid=${token}`)
    expect(await asCookie.auth.session.query()).toBeNull()
    expect(await device(ada.cookie.split('=')[1]).auth.session.query()).toBeNull()
  })

  test('decides alone: a cookie beside a bearer that is not valid opens nothing, whatever the origin', async () => {
    const ada = await app.current.person('Beside')
    const response = await fetch(`${app.current.url}/trpc/plugins.archive`, {
      method: 'POST',
      headers: {
        cookie: ada.cookie,
        authorization: `Bearer ${'a'.repeat(40)}`,
        origin: 'https://evil.example',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ json: { orgId: ada.orgId, pluginId: 'plg_00000000000000000000000000' } }),
    })
    expect(response.status).toBe(401)
  })

  test('leaves what a proxy in front asks for alone: Basic is no bearer, and excuses no foreign origin', async () => {
    const ada = await app.current.person('Proxied')
    const send = (origin: string) =>
      fetch(`${app.current.url}/trpc/auth.updateProfile`, {
        method: 'POST',
        headers: {
          cookie: ada.cookie,
          authorization: 'Basic YWRhOmFkYQ==',
          origin,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ json: { name: 'Proxied' } }),
      })
    expect((await send('http://localhost:5173')).status).toBe(200)
    expect((await send('https://evil.example')).status).toBe(403)
  })

  test('follows a stream with its bearer', async () => {
    const ada = await app.current.person('Streamer')
    const { token } = await letIn(ada)
    const first = await new Promise<{ type: string }>((resolve, reject) => {
      const subscription = device(token).plugins.watch.subscribe(
        { orgId: ada.orgId },
        {
          onData: ({ data }) => {
            subscription.unsubscribe()
            resolve(data)
          },
          onError: reject,
        },
      )
    })
    expect(first.type).toBe('snapshot')
  })
})
