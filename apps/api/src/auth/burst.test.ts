import { expect, test } from 'vitest'
import { useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

test('a burst of guesses tells no more than the free failures and those that are verified beside them', async () => {
  const call = (procedure: string, input: unknown) =>
    fetch(`${app.current.url}/trpc/${procedure}`, {
      method: 'POST',
      headers: { ...app.current.headers(), 'content-type': 'application/json' },
      body: JSON.stringify({ json: input }),
    })
  const email = 'burst@example.com'
  const password = 'correct horse battery'
  expect((await call('auth.signUp', { email, password, name: 'burst' })).status).toBe(200)

  const guesses = Array.from({ length: 60 }, (_, n) => call('auth.signIn', { email, password: `wrong ${n}` }))
  // The right one at the end of the line: while a wait is on, it is refused like the others.
  const answers = await Promise.all([...guesses, call('auth.signIn', { email, password })])
  const statuses = answers.map((answer) => answer.status)
  expect(statuses.filter((status) => status === 401).length).toBeLessThan(20)
  expect(new Set(statuses)).toEqual(new Set([401, 429]))
})
