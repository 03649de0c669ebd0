import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { fromPublicId } from '@tallyforge/core/ids'
import { tokens } from '@tallyforge/core/money'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAnswer } from '../testing/surface.ts'
import { createTestApp, type TestApp, type TestPerson } from '../testing/test-app.ts'

// The file as a stream: slow readers, readers who leave, and rights that end on the way.

const entries = 20_000
const batches = entries / 500

let app: TestApp
let person: TestPerson
let transactions = 0

beforeAll(async () => {
  app = await createTestApp()
  person = await app.person()
  // Rows alone and long ones: 40 MB, far more than the buffers between us hold. Nobody asks these books to balance.
  await app.database.admin`
    insert into app.transfers (org_id, operation_id, request_hash, kind, amount, from_kind, to_kind, wallet_balance, description, at)
    select ${fromPublicId('org', person.orgId)}, gen_random_uuid(), '\\x00', 'settle', ${String(tokens(1))}, 'wallet', 'usage', 0,
      i || repeat('x', 2000), now() - i * interval '1 second' from generate_series(1, ${entries}::int) as i`
  const { withOrg } = app.deps.db
  app.deps.db.withOrg = (tenant, work) => {
    transactions += 1
    return withOrg(tenant, work)
  }
})
afterAll(() => app.close())

/** Asks for the file and reads no more of it than its first bytes. */
async function begin(cookie = person.cookie) {
  transactions = 0
  const asked = request(`${app.url}/api/tokens/history.csv?orgId=${person.orgId}&kind=settle`, {
    headers: { cookie },
  })
  asked.end()
  const [response] = await once(asked, 'response')
  expect(response.statusCode).toBe(200)
  await once(response, 'readable')
  return { asked, response: response as IncomingMessage }
}

/** Waits until nobody reads from the database any more. */
async function untilQuiet(): Promise<void> {
  for (let before = -1; before !== transactions; ) {
    before = transactions
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

test('is read from the database no faster than the reader takes it, and wholly for one who does', async () => {
  const { response } = await begin()
  await untilQuiet()
  expect(transactions).toBeLessThan(batches)
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  expect(text.split('\r\n')).toHaveLength(1 + entries + 1)
  expect(transactions).toBe(batches + 1)
})

test('stops being read when the reader leaves', async () => {
  const { asked } = await begin()
  asked.destroy()
  await untilQuiet()
  expect(transactions).toBeLessThan(batches)
})

test('breaks off, and does not end, when the session is over on the way', async () => {
  const { client, cookie, email } = await app.person()
  const { admin } = app.database
  await admin`
    insert into app.memberships (org_id, user_id, role)
    select ${fromPublicId('org', person.orgId)}, id, 'viewer' from auth.users
    where email = ${email}`
  const { response } = await begin(cookie)
  await untilQuiet()
  await client.auth.signOut.mutate()
  const read = (async () => {
    for await (const _ of response);
  })()
  await expect(read).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(transactions).toBeLessThan(batches)
})

test('answers HEAD with nothing, and a parameter of nobody with a refusal', async () => {
  const url = `${app.url}/api/tokens/history.csv?orgId=${person.orgId}`
  const headers = app.headers(person.cookie)
  expect((await fetch(url, { method: 'HEAD', headers })).status).toBe(404)
  for (const tail of [
    '&kind=quality',
    '&limit=10',
    '&from=2026-02-30',
    '&kind=grant&kind=settle',
    '&__proto__=1',
    '&order=',
  ]) {
    const answer = await fetch(`${url}${tail}`, { headers })
    expect([tail, answer.status, (await readAnswer(answer)).kind]).toEqual([tail, 400, 'invalid_input'])
  }
})
