import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { cookieOf, useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

function call(procedure: string, input: unknown, cookie = ''): Promise<Response> {
  return fetch(`${app.current.url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { ...app.current.headers(cookie), 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  })
}

const account = (name: string) => ({ email: `${name}@example.com`, password: 'correct horse battery', name })

describe('sign-up', () => {
  test('makes user, personal org, membership and the first grant, or nothing at all', async () => {
    const response = await call('auth.signUp', account('whole'))
    expect(response.status).toBe(200)
    const { admin } = app.current.database
    const rows = await admin`
      select o.is_personal, o.plan, m.role, a.balance::text, g.reason, g.remaining::text
      from auth.users u join app.memberships m on m.user_id = u.id join app.orgs o on o.id = m.org_id
      join app.accounts a on a.org_id = o.id and a.kind = 'wallet' join app.grants g on g.org_id = o.id
      where u.email = 'whole@example.com'`
    expect(rows).toEqual([
      {
        is_personal: true,
        plan: 'developer',
        role: 'owner',
        balance: '10000000000',
        reason: 'plan',
        remaining: '10000000000',
      },
    ])
  })

  test('twenty at once with one address make one account', async () => {
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => call('auth.signUp', account('twins'))),
    )
    expect(responses.map((response) => response.status).sort()).toEqual([200, ...Array(19).fill(409)])
    const rows = await app.current.database.admin`select 1 from app.orgs where name = 'twins'`
    expect(rows).toHaveLength(1)
  })

  test.each([
    ['TWIN-case@Example.COM', 'twin-case@example.com'],
    ['  twin-space@example.com ', 'twin-space@example.com'],
    ['ｔｗｉｎ-wide@example.com', 'twin-wide@example.com'],
  ])('%s and its plain form are one address', async (written, plain) => {
    expect((await call('auth.signUp', { ...account('x'), email: plain })).status).toBe(200)
    expect((await call('auth.signUp', { ...account('x'), email: written })).status).toBe(409)
    expect((await call('auth.signIn', { email: written, password: 'correct horse battery' })).status).toBe(
      200,
    )
  })

  test.each([
    '',
    'nobody',
    'a@b',
    'a＠example.com',
    'a@b@example.com',
    'nul\0@example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('refuses the address %j at its field', async (email) => {
    const response = await call('auth.signUp', { ...account('x'), email })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { json: { data: { kind: 'invalid_input', fields: { email: expect.any(String) } } } },
    })
  })

  test('refuses a short password at its field', async () => {
    const response = await call('auth.signUp', { ...account('short'), password: 'too short' })
    expect(await response.json()).toMatchObject({
      error: { json: { data: { fields: { password: 'Use at least 10 characters.' } } } },
    })
  })
})

describe('sign-in', () => {
  test('V16: unknown, wrong and suspended answer alike, each after exactly one verification', async () => {
    await call('auth.signUp', account('known'))
    await call('auth.signUp', account('suspended'))
    await app.current.database
      .admin`update auth.users set suspended_at = now() where email = 'suspended@example.com'`
    const attempts = [
      { email: 'nobody@example.com', password: 'correct horse battery' },
      { email: 'known@example.com', password: 'wrong horse battery' },
      { email: 'suspended@example.com', password: 'correct horse battery' },
      { email: 'suspended@example.com', password: 'wrong horse battery' },
    ]
    const answers = []
    for (const attempt of attempts) {
      const before = app.current.deps.passwords.verifications()
      const response = await call('auth.signIn', attempt)
      expect(app.current.deps.passwords.verifications() - before).toBe(1)
      const body = await response.text()
      answers.push({
        status: response.status,
        cookies: response.headers.getSetCookie(),
        body: body.replace(/"requestId":"[^"]+"/, ''),
      })
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 401, cookies: [] })
  })

  test('failures of one account make it wait longer and longer, and a success ends the wait', async () => {
    await call('auth.signUp', account('guessed'))
    const guess = () => call('auth.signIn', { email: 'guessed@example.com', password: 'wrong horse battery' })
    const statuses = []
    for (let n = 0; n < 7; n++) statuses.push((await guess()).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
    const refused = await guess()
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    // Another account is not touched by it.
    await call('auth.signUp', account('bystander'))
    expect(
      (await call('auth.signIn', { email: 'bystander@example.com', password: 'correct horse battery' }))
        .status,
    ).toBe(200)
  })

  test('a batch cannot hide attempts', async () => {
    const attempt = { json: { email: 'known@example.com', password: 'x' } }
    const response = await fetch(`${app.current.url}/trpc/auth.signIn,auth.signIn?batch=1`, {
      method: 'POST',
      headers: { ...app.current.headers(), 'content-type': 'application/json' },
      body: JSON.stringify({ 0: attempt, 1: attempt }),
    })
    const bodies = (await response.json()) as { error: { json: { data: { kind: string } } } }[]
    expect(bodies.map((body) => body.error.json.data.kind)).toEqual(['invalid_input', 'invalid_input'])
  })
})

describe('sessions', () => {
  test('the database holds only the hash of the token, and the hash signs nobody in', async () => {
    const cookie = cookieOf(await call('auth.signUp', account('hashed')))
    const token = cookie.split('=')[1] ?? ''
    const [row] = await app.current.database.admin`
      select s.id from auth.sessions s join auth.users u on u.id = s.user_id where u.email = 'hashed@example.com'`
    expect(row?.id).toBe(createHash('sha256').update(token).digest('hex'))
    expect(await app.current.client(cookie).auth.session.query()).not.toBeNull()
    expect(await app.current.client(`sid=${row?.id}`).auth.session.query()).toBeNull()
  })

  test('the cookie is out of reach of scripts and other sites', async () => {
    const [header = ''] = (await call('auth.signUp', account('cookie'))).headers.getSetCookie().slice(-1)
    expect(header).toMatch(/^sid=[a-z0-9]{40}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/)
  })

  test('a sign-in ends the session that the browser brought and makes a new token', async () => {
    const first = cookieOf(await call('auth.signUp', account('fixation')))
    const second = cookieOf(
      await call('auth.signIn', { email: 'fixation@example.com', password: 'correct horse battery' }, first),
    )
    expect(second).not.toBe(first)
    expect(await app.current.client(first).auth.session.query()).toBeNull()
    expect(await app.current.client(second).auth.session.query()).not.toBeNull()
  })

  test('signing out ends the session on the server and is safe twice', async () => {
    const cookie = cookieOf(await call('auth.signUp', account('leaving')))
    for (const _ of [1, 2]) expect((await call('auth.signOut', undefined, cookie)).status).toBe(200)
    expect(await app.current.client(cookie).auth.session.query()).toBeNull()
  })

  test.each([
    ['expired', "expires_at = now() - interval '1 second'"],
    ['past its ninety days', "ends_at = now() - interval '1 second'"],
  ])('a session that is %s signs nobody in and is gone', async (name, change) => {
    const { admin } = app.current.database
    const cookie = cookieOf(await call('auth.signUp', account(name.replaceAll(' ', '-'))))
    const id = createHash('sha256')
      .update(cookie.split('=')[1] ?? '')
      .digest('hex')
    await admin.unsafe(`update auth.sessions set ${change} where id = '${id}'`)
    expect(await app.current.client(cookie).auth.session.query()).toBeNull()
    expect(await admin`select 1 from auth.sessions where id = ${id}`).toEqual([])
  })

  test('a suspended person is out at the next call', async () => {
    const cookie = cookieOf(await call('auth.signUp', account('out')))
    await app.current.database
      .admin`update auth.users set suspended_at = now() where email = 'out@example.com'`
    expect(await app.current.client(cookie).auth.session.query()).toBeNull()
  })

  test('a session past half its life is renewed, with a cookie', async () => {
    const cookie = cookieOf(await call('auth.signUp', account('sliding')))
    await app.current.database.admin`
      update auth.sessions set expires_at = now() + interval '10 days'
      where user_id = (select id from auth.users where email = 'sliding@example.com')`
    const response = await fetch(`${app.current.url}/trpc/auth.session`, {
      headers: app.current.headers(cookie),
    })
    expect(cookieOf(response)).toBe(cookie)
    const [row] = await app.current.database.admin`
      select expires_at > now() + interval '29 days' as renewed from auth.sessions
      where user_id = (select id from auth.users where email = 'sliding@example.com')`
    expect(row?.renewed).toBe(true)
  })
})
