import { describe, expect, test } from 'vitest'
import { cookieOf, useTestApp } from '../testing/test-app.ts'

const app = useTestApp()
const password = 'correct horse battery'

function call(procedure: string, input: unknown, cookie: string): Promise<Response> {
  return fetch(`${app.current.url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { ...app.current.headers(cookie), 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  })
}

const change = (cookie: string, currentPassword: string, newPassword: string) =>
  call('auth.changePassword', { currentPassword, newPassword }, cookie)

async function nameOf(cookie: string): Promise<string | null> {
  const response = await fetch(`${app.current.url}/trpc/auth.session`, {
    headers: app.current.headers(cookie),
  })
  const { result } = (await response.json()) as {
    result: { data: { json: { user: { name: string } } | null } }
  }
  return result.data.json?.user.name ?? null
}

const signIn = (email: string, typed: string) => call('auth.signIn', { email, password: typed }, '')

test('a name is changed for every session of the person, and for nobody else', async () => {
  const [ada, bob] = [await app.current.person('Ada'), await app.current.person('Bob')]
  const response = await call('auth.updateProfile', { name: '  Ada  Byron ' }, ada.cookie)
  expect(response.status).toBe(200)
  expect(await nameOf(ada.cookie)).toBe('Ada  Byron')
  expect(await nameOf(cookieOf(await signIn(ada.email, password)))).toBe('Ada  Byron')
  expect(await nameOf(bob.cookie)).toBe('Bob')
})

test('a browser’s session has the name that its owner knows, also after a new password; what is none has no name', async () => {
  const { email } = await app.current.person('Ida')
  const from = async (userAgent: string, procedure: string, input: unknown, cookie = '') => {
    const response = await fetch(`${app.current.url}/trpc/${procedure}`, {
      method: 'POST',
      headers: {
        ...app.current.headers(cookie),
        'content-type': 'application/json',
        'user-agent': userAgent,
      },
      body: JSON.stringify({ json: input }),
    })
    return cookieOf(response)
  }
  const labels = async (cookie: string) => {
    const response = await fetch(`${app.current.url}/trpc/auth.sessions`, {
      headers: app.current.headers(cookie),
    })
    const { result } = (await response.json()) as {
      result: { data: { json: { label: string | null }[] } }
    }
    return result.data.json.map(({ label }) => label)
  }
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  const cookie = await from(firefox, 'auth.signIn', { email, password })
  expect(await labels(cookie)).toEqual(['Firefox on Linux', null])
  const words = { currentPassword: password, newPassword: 'another horse battery' }
  expect(await labels(await from(firefox, 'auth.changePassword', words, cookie))).toEqual([
    'Firefox on Linux',
  ])
})

describe('a changed password', () => {
  test('opens the account, the old one does not, and every other session has ended', async () => {
    const { cookie, email } = await app.current.person('Grace')
    const elsewhere = cookieOf(await signIn(email, password))
    const response = await change(cookie, password, 'another horse battery')
    expect(response.status).toBe(200)
    const renewed = cookieOf(response)
    expect(renewed).not.toBe(cookie)
    expect([await nameOf(renewed), await nameOf(cookie), await nameOf(elsewhere)]).toEqual([
      'Grace',
      null,
      null,
    ])
    expect((await signIn(email, password)).status).toBe(401)
    expect((await signIn(email, 'another horse battery')).status).toBe(200)
  })

  test('needs the current one, and says so at its field', async () => {
    const { cookie, email } = await app.current.person('Mary')
    const response = await change(cookie, 'not the right one', 'another horse battery')
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { json: { data: { fields: { currentPassword: 'The current password is not right.' } } } },
    })
    expect(await nameOf(cookie)).toBe('Mary')
    expect((await signIn(email, password)).status).toBe(200)
  })

  test.each([
    ['too short', 'Use at least 10 characters.'],
    [password, 'Choose a password that is not the current one.'],
  ])('is refused as %j', async (typed, message) => {
    const { cookie } = await app.current.person('Kate')
    const response = await change(cookie, password, typed)
    expect(await response.json()).toMatchObject({
      error: { json: { data: { fields: { newPassword: message } } } },
    })
  })

  test('asked for twice at once is changed once, by one of the two', async () => {
    const { cookie, email } = await app.current.person('Twin')
    const words = ['first horse battery', 'second horse battery']
    const statuses = await Promise.all(
      words.map(async (word) => (await change(cookie, password, word)).status),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    const works = await Promise.all(words.map(async (word) => (await signIn(email, word)).status === 200))
    expect(works).toEqual(statuses.map((status) => status === 200))
  })

  test('is nobody else’s to prevent: strangers who fail to sign in as the person wait, the person does not', async () => {
    const { cookie, email } = await app.current.person('Targeted')
    const statuses = []
    for (let n = 0; n < 7; n++) statuses.push((await signIn(email, `guess ${n}`)).status)
    expect(statuses).toContain(429)
    expect((await change(cookie, password, 'another horse battery')).status).toBe(200)
  })

  test('cannot be guessed at through an open session: wrong ones make the person wait', async () => {
    const { cookie } = await app.current.person('Guessed')
    const statuses = []
    for (let n = 0; n < 7; n++)
      statuses.push((await change(cookie, `guess ${n}`, 'another horse battery')).status)
    expect(statuses.slice(0, 5)).toEqual([400, 400, 400, 400, 400])
    expect(statuses.slice(5)).toContain(429)
    expect((await change(cookie, password, 'another horse battery')).status).toBe(429)
  })
})
