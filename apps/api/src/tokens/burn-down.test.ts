import { randomUUID } from 'node:crypto'
import { tokens } from '@tallyforge/core/money'
import { shiftMonth } from '@tallyforge/core/tokens/burn-down'
import { describe, expect, test } from 'vitest'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'
import { bookkeeper } from '../testing/token-entries.ts'

const app = useTestApp()
const monthOf = (person: TestPerson, month?: string) =>
  person.client.tokens.burnDown.query({ orgId: person.orgId, month })

/** A person with entries in March and April of 2026, at the very ends of days, and the first grant of today. */
async function withEntries() {
  const person = await app.current.person()
  const books = bookkeeper(app.current, person)
  const pluginId = await books.plugin('Words')
  const call = (at: string, amount: bigint, outcome: 'settled' | 'failed' = 'settled') =>
    books.call({
      at: new Date(at),
      pluginId,
      model: 'a/model',
      createdBy: randomUUID(),
      description: 'A call',
      amount,
      outcome,
    })
  await books.grant(new Date('2026-03-01T00:00:00Z'), tokens(100), {
    expiresAt: new Date('2026-04-02T00:00:00Z'),
  })
  await call('2026-03-01T23:59:59.999Z', tokens(10))
  await call('2026-03-02T00:00:00Z', 1n)
  await call('2026-03-02T12:00:00Z', tokens(7), 'failed')
  await call('2026-03-31T23:59:59.999Z', tokens(20))
  await call('2026-04-01T00:00:00Z', tokens(30))
  await books.expire(new Date('2026-04-02T00:00:00Z'))
  return person
}

describe('the burn-down', () => {
  test('tells each UTC day of a month what was granted, spent and expired, and the balance at its end', async () => {
    const person = await withEntries()
    const plan = tokens(10_000)
    const march = await monthOf(person, '2026-03')
    // The grant of today came after: at its time the wallet had it, and March had not.
    expect(march).toMatchObject({
      month: '2026-03',
      firstMonth: '2026-03',
      opening: 0n,
      granted: tokens(100),
      spent: tokens(30) + 1n,
      expired: 0n,
    })
    expect(march.days).toHaveLength(31)
    expect(march.days[0]).toEqual({
      date: '2026-03-01',
      granted: tokens(100),
      spent: tokens(10),
      expired: 0n,
      balance: tokens(90),
    })
    expect(march.days[1]).toMatchObject({ date: '2026-03-02', spent: 1n, balance: tokens(90) - 1n })
    expect(march.days.slice(2, 30).map((day) => day.balance)).toEqual(Array(28).fill(tokens(90) - 1n))
    expect(march.days[30]).toMatchObject({ date: '2026-03-31', spent: tokens(20), balance: tokens(70) - 1n })
    const april = await monthOf(person, '2026-04')
    expect(april).toMatchObject({ opening: tokens(70) - 1n, spent: tokens(30) })
    expect(april.granted).toBe(0n)
    expect(april.opening + april.granted - april.spent - april.expired).toBe(april.days.at(-1)?.balance)
    const now = await monthOf(person)
    expect(now.days.at(-1)?.granted).toBe(plan)
  })

  test('of the running month ends today, at the balance', async () => {
    const person = await withEntries()
    const [{ today } = { today: '' }] = await app.current.database.admin<{ today: string }[]>`
      select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as today`
    const { balance } = await person.client.tokens.balance.query({ orgId: person.orgId })
    const month = await monthOf(person)
    expect(month.month).toBe(today.slice(0, 7))
    expect(month.days.at(-1)).toMatchObject({ date: today, balance })
    expect(await monthOf(person, month.month)).toEqual(month)
  })

  test('of every month goes on where the one before it ended', async () => {
    const person = await withEntries()
    const first = await monthOf(person, '2026-02')
    let before = first.days.at(-1)?.balance
    expect(before).toBe(0n)
    const last = (await monthOf(person)).month
    for (let month = '2026-03'; month <= last; month = shiftMonth(month, 1)) {
      const next = await monthOf(person, month)
      expect([month, next.opening]).toEqual([month, before])
      before = next.days.at(-1)?.balance
    }
    expect(before).toBe((await person.client.tokens.balance.query({ orgId: person.orgId })).balance)
  })

  test('of a month that has not begun has no days', async () => {
    const person = await app.current.person()
    expect(await monthOf(person, '2999-12')).toMatchObject({ days: [], spent: 0n, opening: tokens(10_000) })
  })

  test.each(['2026-13', '2026-1', '0000-01', '1999-12', "2026-01' --", ''])(
    'refuses the month %j',
    async (month) => {
      const person = await app.current.person()
      await expect(monthOf(person, month)).rejects.toMatchObject({ data: { kind: 'invalid_input' } })
    },
  )
})
