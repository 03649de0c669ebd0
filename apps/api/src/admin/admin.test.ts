import { randomUUID } from 'node:crypto'
import { readError } from '@tallyforge/client/errors'
import { beforeAll, describe, expect, test } from 'vitest'
import { staffOf } from '../testing/surface.ts'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'
import { setStaffLevel } from './staff.ts'

const app = useTestApp()
let boss: TestPerson
let helper: TestPerson

beforeAll(async () => {
  boss = await staffOf(app.current, 'admin')
  helper = await staffOf(app.current, 'support')
})

const kindOf = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error === null ? null : readError(error).kind
}

describe('the lists', () => {
  test('have everybody once, newest first, however they are paged', async () => {
    const made: string[] = []
    for (let i = 0; i < 7; i++) made.push((await app.current.person(`Pager ${i}`)).email)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof helper.client.admin.users.list.query>> =
        await helper.client.admin.users.list.query({ search: 'pager ', limit: 3, cursor })
      expect(page.items.length).toBeLessThanOrEqual(3)
      seen.push(...page.items.map(({ email }) => email))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(made.reverse())
  })

  test('search for what was typed, and not for a pattern', async () => {
    const { email } = await app.current.person('Percent 100%_sure')
    const find = async (search: string) =>
      (await helper.client.admin.users.list.query({ search, limit: 500 })).items.map((user) => user.email)
    expect(await find('0%_S')).toEqual([email])
    expect(await find('0%%S')).toEqual([])
    expect(await find(email.toUpperCase())).toEqual([email])
  })

  test('show an org with its wallet and how many belong to it', async () => {
    const person = await app.current.person('Wallet Owner')
    const org = (await person.client.auth.session.query())?.orgs[0]
    const { items } = await helper.client.admin.orgs.list.query({ search: org?.slug ?? '' })
    const { balance, held } = await person.client.tokens.balance.query({ orgId: person.orgId })
    expect(items).toEqual([
      {
        id: person.orgId,
        slug: org?.slug,
        name: 'Wallet Owner',
        plan: 'developer',
        isPersonal: true,
        members: 1,
        balance,
        held,
        createdAt: expect.any(Date),
      },
    ])
  })
})

describe('a grant of tokens', () => {
  test('adds them once, and the org reads why', async () => {
    const person = await app.current.person()
    const { orgId } = person
    const before = (await person.client.tokens.balance.query({ orgId })).balance
    const grant = {
      orgId,
      operationId: randomUUID(),
      amount: 2_500_000n,
      description: 'For the lost afternoon',
      lastDay: '2999-12-31',
    }
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => boss.client.admin.tokens.grant.mutate(grant)),
    )
    expect(answers.map(({ balance }) => balance)).toEqual(answers.map(() => before + 2_500_000n))
    const { items } = await person.client.tokens.history.query({ orgId, kind: 'grant' })
    expect(items.filter(({ description }) => description === grant.description)).toMatchObject([
      { amount: 2_500_000n },
    ])
    expect(await kindOf(boss.client.admin.tokens.grant.mutate({ ...grant, amount: 1n }))).toBe('conflict')
    expect((await person.client.tokens.balance.query({ orgId })).balance).toBe(before + 2_500_000n)
  })

  test('refuses what is no gift', async () => {
    const { orgId } = boss
    const grant = { orgId, operationId: randomUUID(), amount: 1_000_000n, description: 'Try' }
    const give = (change: object) => kindOf(boss.client.admin.tokens.grant.mutate({ ...grant, ...change }))
    expect(await give({ amount: 0n })).toBe('invalid_input')
    expect(await give({ amount: -1n })).toBe('invalid_input')
    expect(await give({ amount: 10n ** 18n })).toBe('invalid_input')
    expect(await give({ description: ' ' })).toBe('invalid_input')
    expect(await give({ lastDay: '2020-01-01' })).toBe('invalid_input')
    expect(await give({ orgId: 'org_00000000000000000000000000' })).toBe('not_found')
  })
})

describe('staff', () => {
  test('is made on the host and by an admin of the staff, and unmade at once', async () => {
    const person = await app.current.person()
    const list = () => kindOf(person.client.admin.users.list.query({}))
    expect(await list()).toBe('forbidden')
    await setStaffLevel(app.current.deps.db, { email: person.email, level: 'support' })
    expect(await list()).toBeNull()
    expect((await person.client.auth.session.query())?.user.staffLevel).toBe('support')
    const grant = { email: person.email, level: 'admin' } as const
    expect(await kindOf(helper.client.admin.staff.grant.mutate(grant))).toBe('forbidden')
    await boss.client.admin.staff.grant.mutate(grant)
    expect((await person.client.auth.session.query())?.user.staffLevel).toBe('admin')
    await boss.client.admin.staff.revoke.mutate({ email: person.email })
    expect(await list()).toBe('forbidden')
  })

  test('is listed for its admins, with level and since when', async () => {
    const person = await app.current.person('Listed Helper')
    const { email } = person
    const listed = async () => (await boss.client.admin.staff.list.query({ search: 'listed h' })).items
    expect(await listed()).toEqual([])
    await boss.client.admin.staff.grant.mutate({ email, level: 'support' })
    const [first] = await listed()
    expect(first).toEqual({
      id: expect.stringMatching(/^usr_/),
      email,
      name: 'Listed Helper',
      level: 'support',
      since: expect.any(Date),
      suspendedAt: null,
    })
    await app.current.database.admin`update auth.users set staff_since = '2020-01-01' where email = ${email}`
    // The same level again changes nothing; another one begins now.
    await boss.client.admin.staff.grant.mutate({ email, level: 'support' })
    expect(await listed()).toMatchObject([{ level: 'support', since: new Date('2020-01-01T00:00:00Z') }])
    await boss.client.admin.staff.grant.mutate({ email, level: 'admin' })
    const [second] = await listed()
    expect(second?.level).toBe('admin')
    expect(second?.since?.getTime()).toBeGreaterThanOrEqual(first?.since?.getTime() ?? Number.NaN)
    await boss.client.admin.staff.revoke.mutate({ email })
    expect(await listed()).toEqual([])
    expect(await kindOf(helper.client.admin.staff.list.query({}))).toBe('forbidden')
  })

  test('nobody changes their own level, and nobody without an account has one', async () => {
    expect(await kindOf(boss.client.admin.staff.revoke.mutate({ email: boss.email }))).toBe('invalid_input')
    const nobody = { email: 'nobody@example.com', level: 'admin' } as const
    expect(await kindOf(boss.client.admin.staff.grant.mutate(nobody))).toBe('not_found')
  })

  test('has its rights for eight hours after signing in', async () => {
    const person = await staffOf(app.current, 'admin')
    const age = (hours: number) => app.current.database.admin`
      update auth.sessions set signed_in_at = now() - make_interval(hours => ${hours}, mins => -5)
      where user_id = (select id from auth.users where email = ${person.email})`
    await age(8)
    expect(await kindOf(person.client.admin.users.list.query({}))).toBeNull()
    await age(9)
    expect(await kindOf(person.client.admin.users.list.query({}))).toBe('forbidden')
    expect((await person.client.auth.session.query())?.user.email).toBe(person.email)
  })
})
