import { randomUUID } from 'node:crypto'
import { sql as query } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Answer, ledgerCalls } from './proofs/ledger-calls.ts'
import { roleUrl } from './roles.ts'
import {
  assertCleanBooks,
  createTestDatabase,
  newOrgs,
  proofSeed,
  type TestDatabase,
  testSecretKey,
} from './testing.ts'

let test: TestDatabase
/** The platform's role, on as many connections as a busy server has. */
let service: postgres.Sql
let ledger: ReturnType<typeof ledgerCalls>
beforeAll(async () => {
  test = await createTestDatabase(inject('databaseServer'))
  service = postgres(roleUrl(test.url, 'app_service', testSecretKey), { max: 32, onnotice: () => undefined })
  ledger = ledgerCalls(service)
})
afterAll(async () => {
  await assertCleanBooks(test.admin)
  await service.end()
  await test.drop()
})

/** An org with its accounts open and `amount` in its wallet. */
async function orgWith(amount: bigint): Promise<string> {
  const [org = ''] = await newOrgs(test.admin, 1)
  await ledger.open([org])
  if (amount > 0n) await ledger.grant([{ org, op: randomUUID(), amount, hash: 'first' }])
  return org
}

const outcomes = (answers: Answer[]) => answers.map((answer) => answer.outcome)

describe('parallel calls', () => {
  it('spend exactly what is there: 600 calls of 200 operations, paid for 100 (20 times)', async () => {
    for (let round = 0; round < 20; round++) {
      const org = await orgWith(1_000n)
      const operations = Array.from({ length: 200 }, () => randomUUID())
      const calls = operations.flatMap((op) => [op, op, op]).sort(() => Math.random() - 0.5)
      const answers = await Promise.all(
        calls.map(async (op) => {
          const [held] = await ledger.hold([{ org, op, amount: 10n, hash: op }])
          if (held?.outcome === 'insufficient') return { op, outcome: 'insufficient', answer: '' }
          const [settled] = await ledger.settle([{ org, op, amount: 10n }])
          return {
            op,
            outcome: `${held?.outcome} ${settled?.outcome}`,
            answer: `${held?.hold_id} ${settled?.charged}`,
          }
        }),
      )
      const first = answers.filter((each) => each.outcome.startsWith('applied'))
      expect(first).toHaveLength(100)
      // Copies of a call are given the very same answer.
      const paid = new Map(first.map((each) => [each.op, each.answer]))
      for (const each of answers) {
        if (each.answer !== '') expect(each.answer).toBe(paid.get(each.op))
      }
      expect(answers.filter((each) => each.answer !== '')).toHaveLength(300)
      expect(await ledger.accounts(org)).toMatchObject({
        wallet: 0n,
        held: 0n,
        usage: 1_000n,
        source: -1_000n,
      })
    }
  })

  it('in batches over several orgs neither deadlock nor lose anything', async () => {
    const orgs = await newOrgs(test.admin, 8)
    await ledger.open(orgs)
    await ledger.grant(orgs.map((org) => ({ org, op: randomUUID(), amount: 1_000_000n, hash: 'first' })))
    const any = <T>(list: readonly T[]) => list[Math.floor(Math.random() * list.length)] as T
    const seen = new Map<string, number>()
    const worker = async () => {
      for (let round = 0; round < 30; round++) {
        // Unsorted on purpose: the functions bring the order.
        const calls = Array.from({ length: 12 }, () => ({ org: any(orgs), op: randomUUID() }))
        const answers = await ledger.hold(
          calls.map((call) => ({ ...call, amount: 5n, hash: 'x', ttlSeconds: 1 })),
        )
        for (const answer of answers) seen.set(answer.outcome, (seen.get(answer.outcome) ?? 0) + 1)
        await ledger.renew(calls.map((call) => ({ ...call, ttlSeconds: 2 })).reverse())
        const ends = calls.map((call) => ({ ...call, amount: 3n })).sort(() => Math.random() - 0.5)
        await ledger.settle(ends.slice(0, 6))
        await ledger.release(ends.slice(4))
      }
    }
    const sweeper = async () => {
      for (let round = 0; round < 60; round++) await ledger.sweep(new Date(Date.now() + (round % 7) * 500))
    }
    await Promise.all([...Array.from({ length: 12 }, worker), sweeper(), sweeper()])
    expect([...seen]).toEqual([['applied', 12 * 30 * 12]])
    await assertCleanBooks(test.admin)
  })

  it('a renewal and a sweep of the same holds: what was reported as renewed is not ended', async () => {
    const org = await orgWith(1_000_000n)
    for (let round = 0; round < 40; round++) {
      const calls = Array.from({ length: 5 }, () => ({ org, op: randomUUID() }))
      await ledger.hold(calls.map((call) => ({ ...call, amount: 1n, hash: 'x', ttlSeconds: 60 })))
      // For the sweep they are just over, and the renewal moves their end past it.
      const swept = new Date(Date.now() + 61_000)
      const [renewed, ended] = await Promise.all([
        ledger.renew(calls.map((call) => ({ ...call, ttlSeconds: 600 }))),
        ledger.sweep(swept),
      ])
      const gone = new Set(ended.map((row) => `${row.org}/${row.op}`))
      expect(renewed.filter((call) => gone.has(call))).toEqual([])
      await ledger.release(calls.map((call) => ({ ...call, amount: 0n })))
    }
  })
})

describe('a batch', () => {
  it('answers each call by itself, in the order of the calls', async () => {
    const [a, b] = [await orgWith(100n), await orgWith(5n)]
    const [same, other] = [randomUUID(), randomUUID()]
    const answers = await ledger.hold([
      { org: b, op: randomUUID(), amount: 6n, hash: 'x' },
      { org: a, op: same, amount: 10n, hash: 'x' },
      { org: randomUUID(), op: randomUUID(), amount: 1n, hash: 'x' },
      { org: a, op: same, amount: 10n, hash: 'x' },
      { org: a, op: same, amount: 10n, hash: 'another body' },
      { org: b, op: other, amount: 5n, hash: 'x' },
      { org: a, op: randomUUID(), amount: -1n, hash: 'x' },
      { org: a, op: randomUUID(), amount: null, hash: 'x' },
    ])
    expect(answers.map((answer) => answer.i)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(outcomes(answers)).toEqual([
      'insufficient',
      'applied',
      'no_account',
      'replay',
      'conflict',
      'applied',
      'invalid',
      'invalid',
    ])
    expect(answers[3]?.hold_id).toBe(answers[1]?.hold_id)
    expect(await ledger.accounts(a)).toMatchObject({ held: 10n })
    expect(await ledger.accounts(b)).toMatchObject({ held: 5n })
  })

  it('of nothing answers nothing', async () => {
    expect(await ledger.hold([])).toEqual([])
    expect(await ledger.settle([])).toEqual([])
  })

  it('does not record what was insufficient: the same operation succeeds after a top-up', async () => {
    const org = await orgWith(5n)
    const call = { org, op: randomUUID(), amount: 6n, hash: 'x' }
    expect(outcomes(await ledger.hold([call]))).toEqual(['insufficient'])
    await ledger.grant([{ org, op: randomUUID(), amount: 1n, hash: 'more' }])
    expect(outcomes(await ledger.hold([call]))).toEqual(['applied'])
  })

  it.each([
    ['no operation', { op: null }],
    ['no hash', { hash: null }],
    ['no time to live', { ttlSeconds: null }],
    ['no time left', { ttlSeconds: 0 }],
    ['no member', { by: null }],
    ['no price book', { book: null }],
    ['prices that do not exist', { book: 'standard-v0' }],
  ])('refuses a hold with %s and takes the calls beside it', async (_, wrong) => {
    const org = await orgWith(10n)
    const right = { org, op: randomUUID(), amount: 1n, hash: 'x' }
    expect(outcomes(await ledger.hold([{ ...right, op: randomUUID(), ...wrong }, right]))).toEqual([
      'invalid',
      'applied',
    ])
  })

  it.each([
    ['no operation', { op: null }],
    ['no hash', { hash: null }],
    ['no reason', { reason: null }],
    ['a reason that does not exist', { reason: 'because' }],
    ['no description', { description: null }],
    ['nothing', { amount: 0n }],
    ['less than nothing', { amount: -1n }],
  ])('refuses a grant with %s and takes the calls beside it', async (_, wrong) => {
    const org = await orgWith(0n)
    const right = { org, op: randomUUID(), amount: 7n, hash: 'x' }
    expect(outcomes(await ledger.grant([{ ...right, op: randomUUID(), ...wrong }, right]))).toEqual([
      'invalid',
      'applied',
    ])
    expect(await ledger.accounts(org)).toMatchObject({ wallet: 7n, source: -7n })
  })

  it('refuses an end without a description and leaves the hold open', async () => {
    const org = await orgWith(10n)
    const op = randomUUID()
    await ledger.hold([{ org, op, amount: 5n, hash: 'x' }])
    expect(outcomes(await ledger.settle([{ org, op, amount: 1n, description: null }]))).toEqual(['invalid'])
    expect(outcomes(await ledger.release([{ org, op, amount: 1n, description: null }]))).toEqual(['invalid'])
    expect(await ledger.accounts(org)).toMatchObject({ held: 5n })
  })
})

describe('amounts at the end of a bigint', () => {
  const most = 4_000_000_000_000_000_000n
  const last = 9_223_372_036_854_775_807n

  it('are refused call by call, and never tear the books', async () => {
    const org = await orgWith(0n)
    const grant = (amount: bigint) => ledger.grant([{ org, op: randomUUID(), amount, hash: 'x' }])
    expect(outcomes(await grant(last))).toEqual(['invalid'])
    expect(outcomes(await grant(most))).toEqual(['applied'])
    expect(outcomes(await grant(1n))).toEqual(['invalid'])
    const [first, second] = [randomUUID(), randomUUID()]
    expect(outcomes(await ledger.hold([{ org, op: first, amount: last, hash: 'x' }]))).toEqual([
      'insufficient',
    ])
    expect(outcomes(await ledger.hold([{ org, op: first, amount: most, hash: 'x' }]))).toEqual(['applied'])
    // What the provider claims is capped by the hold, however much it is.
    const [settled] = await ledger.settle([{ org, op: first, amount: last }])
    expect(settled).toMatchObject({ outcome: 'applied', charged: most, balance: 0n })
    // Spending does not make room for more: the sums would grow without end.
    expect(outcomes(await grant(most))).toEqual(['invalid'])
    expect(outcomes(await ledger.settle([{ org, op: second, amount: last }]))).toEqual(['unknown'])
    await assertCleanBooks(test.admin)
  })

  it('what the platform bears is at most the hold, and has an end too', async () => {
    const org = await orgWith(most)
    const bear = async () => {
      const op = randomUUID()
      await ledger.hold([{ org, op, amount: most, hash: 'x' }])
      return { op, ended: outcomes(await ledger.release([{ org, op, amount: last }])) }
    }
    expect((await bear()).ended).toEqual(['applied'])
    expect(await ledger.accounts(org)).toMatchObject({ quality: most, wallet: most, held: 0n })
    const { op, ended } = await bear()
    expect(ended).toEqual(['invalid'])
    expect(outcomes(await ledger.release([{ org, op, amount: 0n }]))).toEqual(['applied'])
  })

  it('a floor cannot be set where sums would overflow', async () => {
    const org = await orgWith(1n)
    const setFloor = (floor: string) =>
      test.admin`update app.accounts set floor = ${floor} where org_id = ${org} and kind = 'wallet'`
    await expect(setFloor('-9000000000000000000')).rejects.toMatchObject({ code: '23514' })
    await expect(setFloor('2')).rejects.toMatchObject({ code: '23514' })
  })
})

describe('a free call', () => {
  it('holds and settles nothing, and is still one operation', async () => {
    const org = await orgWith(0n)
    const call = { org, op: randomUUID(), amount: 0n, hash: 'x' }
    expect(outcomes(await ledger.hold([call, call]))).toEqual(['applied', 'replay'])
    expect(
      outcomes(
        await ledger.settle([
          { ...call, amount: 0n },
          { ...call, amount: 0n },
        ]),
      ),
    ).toEqual(['applied', 'replay'])
  })
})

describe('expiry', () => {
  it('takes what is free and leaves what a hold was promised before', async () => {
    const org = await orgWith(0n)
    const soon = new Date(Date.now() + 60_000)
    await ledger.grant([
      { org, op: randomUUID(), amount: 10n, hash: 'x', expires: soon },
      { org, op: randomUUID(), amount: 10n, hash: 'x' },
    ])
    const op = randomUUID()
    await ledger.hold([{ org, op, amount: 4n, hash: 'x', ttlSeconds: 600 }])
    const after = new Date(soon.getTime() + 1)
    const mine = async () => (await ledger.sweep(after)).filter((row) => row.org === org)
    // 4 of the 10 that end are held: they stay until the call is over.
    expect(await mine()).toEqual([{ org, op: null, amount: 6n }])
    expect(await mine()).toEqual([])
    await ledger.settle([{ org, op, amount: 3n }])
    expect(await mine()).toEqual([{ org, op: null, amount: 1n }])
    expect(await ledger.accounts(org)).toMatchObject({ wallet: 10n, usage: 3n, expired: 7n })
  })

  it('does not drive a wallet with an overdraft below what is held', async () => {
    const org = await orgWith(0n)
    const soon = new Date(Date.now() + 60_000)
    await ledger.grant([{ org, op: randomUUID(), amount: 10n, hash: 'x', expires: soon }])
    await test.admin`update app.accounts set floor = -20 where org_id = ${org} and kind = 'wallet'`
    const op = randomUUID()
    await ledger.hold([{ org, op, amount: 8n, hash: 'x', ttlSeconds: 600 }])
    await ledger.sweep(new Date(soon.getTime() + 1))
    await ledger.settle([{ org, op, amount: 8n }])
    expect(await ledger.accounts(org)).toMatchObject({ wallet: 0n, usage: 8n, expired: 2n })
  })

  it('is not held up by grants that have nothing to lose yet', async () => {
    const blocked = await Promise.all(Array.from({ length: 5 }, () => orgWith(0n)))
    const free = await orgWith(0n)
    const at = (milliseconds: number) => new Date(Date.now() + milliseconds)
    for (const org of blocked) {
      await ledger.grant([{ org, op: randomUUID(), amount: 5n, hash: 'x', expires: at(1_000) }])
      await ledger.hold([{ org, op: randomUUID(), amount: 5n, hash: 'x', ttlSeconds: 600 }])
    }
    await ledger.grant([{ org: free, op: randomUUID(), amount: 5n, hash: 'x', expires: at(2_000) }])
    expect(await ledger.sweep(at(10_000), 3)).toContainEqual({ org: free, op: null, amount: 5n })
  })
})

describe('leaps of the clock', () => {
  const hour = 3_600_000
  const day = 24 * hour
  const start = Date.UTC(2027, 0, 31, 23, 59, 59, 999)
  const at = (milliseconds: number) => new Date(start + milliseconds)

  it.each([
    ['back an hour', -hour],
    ['forward an hour', hour],
    ['over a month', 35 * day],
    ['over the end of January', 1],
    ['to the end of February', 28 * day],
    ['over a leap day', 395 * day],
  ])('%s: nothing ends early, nothing ends twice', async (_, leap) => {
    const org = await orgWith(0n)
    const op = randomUUID()
    const lives = 30 * day
    await ledger.grant([{ org, op: randomUUID(), amount: 10n, hash: 'x', expires: at(lives) }], at(0))
    await ledger.hold([{ org, op, amount: 4n, hash: 'x', ttlSeconds: 60 }], at(0))
    const mine = async (now: Date) => (await ledger.sweep(now)).filter((row) => row.org === org)

    const ended = await mine(at(leap))
    const wanted = [
      ...(leap > 60_000 ? [{ org, op, amount: 4n }] : []),
      // The hold ends first, so that all 10 are free.
      ...(leap >= lives ? [{ org, op: null, amount: 10n }] : []),
    ]
    expect(ended).toEqual(wanted)
    expect(await mine(at(leap))).toEqual([])
    // The clock goes back: what has ended stays ended, once, and what has not is not ended.
    expect(await mine(at(-hour))).toEqual([])
    const [settled] = await ledger.settle([{ org, op, amount: 4n }], at(-hour))
    expect(settled?.outcome).toBe(leap > 60_000 ? 'closed' : 'applied')
    const rest = await mine(at(lives))
    const spent = leap > 60_000 ? 0n : 4n
    expect(rest).toEqual(leap >= lives ? [] : [{ org, op: null, amount: 10n - spent }])
    expect(await ledger.accounts(org)).toMatchObject({
      wallet: 0n,
      held: 0n,
      usage: spent,
      expired: 10n - spent,
    })
  })

  it('a renewal under a clock that went back never shortens a hold', async () => {
    const org = await orgWith(10n)
    const op = randomUUID()
    await ledger.hold([{ org, op, amount: 4n, hash: 'x', ttlSeconds: 60 }], at(0))
    expect(await ledger.renew([{ org, op, ttlSeconds: 60 }], at(-hour))).toEqual([`${org}/${op}`])
    expect(await ledger.sweep(at(60_000))).toEqual([])
    await ledger.release([{ org, op, amount: 0n }])
  })
})

describe('rights', () => {
  const tables = ['accounts', 'holds', 'transfers', 'entries', 'grants']
  let mine: string
  let theirs: string
  beforeAll(async () => {
    mine = await orgWith(100n)
    theirs = await orgWith(100n)
  })
  /** As the tenant `mine`. Drizzle wraps what PostgreSQL says. */
  const asTenant = (statement: string) =>
    test.db
      .withOrg({ orgId: mine, userId: mine }, (tx) => tx.execute(query.raw(statement)))
      .catch((error: Error) => Promise.reject(error.cause))

  it.each(tables)('a tenant can read %s and not write it', async (table) => {
    const column = table === 'entries' ? 'amount' : 'org_id'
    await asTenant(`select * from app.${table}`)
    for (const statement of [
      `update app.${table} set ${column} = ${column}`,
      `delete from app.${table}`,
      `insert into app.${table} select * from app.${table}`,
      `truncate app.${table}`,
    ]) {
      await expect(asTenant(statement)).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('a tenant can hold and end for itself, not for another org', async () => {
    const hold = (org: string) =>
      `select outcome from app.ledger_hold(array['${org}']::uuid[], array[uuidv7()], array[1::bigint], array[60],
        array['standard-v1'], array[uuidv7()], array['x'::bytea])`
    expect(await asTenant(hold(mine))).toEqual([{ outcome: 'applied' }])
    await expect(asTenant(hold(theirs))).rejects.toMatchObject({ code: '42501' })
    const end = (name: string) =>
      `select * from app.${name}(array['${theirs}']::uuid[], array[uuidv7()], array[1::bigint], array['x'])`
    await expect(asTenant(end('ledger_settle'))).rejects.toMatchObject({ code: '42501' })
    await expect(asTenant(end('ledger_release'))).rejects.toMatchObject({ code: '42501' })
    await expect(
      asTenant(`select * from app.ledger_renew(array['${theirs}']::uuid[], array[uuidv7()], array[60])`),
    ).rejects.toMatchObject({ code: '42501' })
  })

  it('a tenant in no org can do nothing for any', async () => {
    const sql = postgres(roleUrl(test.url, 'app_user', testSecretKey), { max: 1, onnotice: () => undefined })
    const call = ledgerCalls(sql).hold([{ org: mine, op: randomUUID(), amount: 1n, hash: 'x' }])
    await expect(call).rejects.toMatchObject({ code: '42501' })
    await sql.end()
  })

  it.each([
    'select app.ledger_open(array[uuidv7()])',
    `select * from app.ledger_grant(array[uuidv7()], array[uuidv7()], array[1::bigint], array['plan'], array['x'],
      array[now()], array['x'::bytea])`,
    'select * from app.ledger_sweep()',
    `select app.ledger_move(uuidv7(), uuidv7(), 'x', 'grant', 1, 'source', 'wallet', null, 'x', now())`,
    'select app.ledger_spend_grants(uuidv7(), 1)',
    `select app.ledger_close(uuidv7(), uuidv7(), 'released', 0, now())`,
    'select app.ledger_guard(array[uuidv7()])',
  ])('a tenant cannot call %s', async (statement) => {
    await expect(asTenant(statement)).rejects.toMatchObject({ code: '42501' })
  })

  it.each(['ledger_move', 'ledger_spend_grants', 'ledger_close', 'ledger_guard'])(
    'nor can the platform call %s, the inside of the ledger',
    async (name) => {
      const [row] = await test.admin`
        select bool_or(has_function_privilege('app_service', p.oid, 'execute')) as may from pg_proc p
        where p.pronamespace = 'app'::regnamespace and p.proname = ${name}`
      expect(row?.may).toBe(false)
    },
  )

  it.each(['entries', 'transfers'])(
    'nobody rewrites %s: not the platform, the ledger or the owner',
    async (table) => {
      for (const role of ['app_service', 'app_ledger', 'app_owner']) {
        for (const statement of [
          `update app.${table} set amount = 1`,
          `delete from app.${table}`,
          `truncate app.${table} cascade`,
        ]) {
          const attempt = test.admin.begin(async (tx) => {
            await tx.unsafe(`set local role ${role}`)
            await tx.unsafe(statement)
          })
          await expect(attempt, `${role}: ${statement}`).rejects.toMatchObject({ code: '42501' })
        }
      }
    },
  )

  it('the platform reads every book and writes none by hand', async () => {
    for (const table of tables) {
      await service.unsafe(`select count(*) from app.${table}`)
      await expect(service.unsafe(`update app.${table} set org_id = org_id`)).rejects.toMatchObject({
        code: '42501',
      })
    }
  })
})

describe('the check of the books', () => {
  /** Does harm as a superuser without triggers, asks for faults, and takes it back. */
  const faultsAfter = async (harm: (tx: postgres.TransactionSql, org: string) => Promise<unknown>) => {
    const org = await orgWith(100n)
    const [a, b] = [randomUUID(), randomUUID()]
    await ledger.hold([a, b].map((op) => ({ org, op, amount: 10n, hash: 'x' })))
    await ledger.settle([{ org, op: a, amount: 4n }])
    let found: string[] = []
    await test.admin
      .begin(async (tx) => {
        await tx`set local session_replication_role = replica`
        await harm(tx, org)
        found = (
          await tx<{ fault: string }[]>`select fault from app.ledger_faults() where org_id = ${org}`
        ).map((row) => row.fault)
        throw new Error('take it back')
      })
      .catch(() => undefined)
    await ledger.release([{ org, op: b, amount: 0n }])
    return found
  }

  it('finds nothing where nothing is wrong', async () => {
    expect(await faultsAfter(async () => undefined)).toEqual([])
  })

  it.each([
    ['a balance that was raised', `update app.accounts set balance = balance + 1 where kind = 'wallet'`],
    [
      'two balances that were moved',
      `update app.accounts set balance = balance + case kind when 'wallet' then 1 else -1 end where kind in ('wallet', 'usage')`,
    ],
    ['tokens held by no hold', `update app.accounts set held = held + 1 where kind = 'wallet'`],
    ['an entry that is gone', `delete from app.entries where amount < 0 and account_kind = 'wallet'`],
    ['an entry that was changed', `update app.entries set amount = amount + 1 where account_kind = 'usage'`],
    [
      'legs on other accounts',
      `update app.entries set account_kind = 'expired' where account_kind = 'usage'`,
    ],
    ['a grant with more left', `update app.grants set remaining = remaining + 1`],
    ['a grant that is gone', `delete from app.grants`],
    ['a charge that was changed', `update app.holds set charged = charged + 1 where state = 'settled'`],
    [
      'a hold that ended without giving back',
      `update app.holds set state = 'released', closed_at = now() where state = 'open'`,
    ],
    ['a charge without its hold', `delete from app.holds where state = 'settled'`],
    [
      'a hold forgotten by the sweep',
      `update app.holds set expires_at = now() - interval '61 seconds' where state = 'open'`,
    ],
  ])('finds %s', async (_, statement) => {
    const faults = await faultsAfter((tx, org) => {
      const scoped = statement.includes(' where ')
        ? statement.replace(' where ', ` where org_id = '${org}' and `)
        : `${statement} where org_id = '${org}'`
      return tx.unsafe(scoped)
    })
    expect(faults.length).toBeGreaterThan(0)
  })
})

describe('random batches', () => {
  it('of two processes at once keep the bound and the sums', async () => {
    let state = proofSeed('random batches')
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
      return Math.floor((state / 0x80000000) * below)
    }
    const orgs = await newOrgs(test.admin, 5)
    await ledger.open(orgs)
    const operations = Array.from({ length: 60 }, () => randomUUID())
    const batch = () =>
      Array.from({ length: 1 + random(20) }, () => ({
        org: orgs[random(orgs.length)] as string,
        op: operations[random(operations.length)] as string,
        amount: BigInt(random(40)),
        hash: 'x',
      }))
    const steps = Array.from({ length: 400 }, (_, index) => {
      const calls = batch()
      if (index % 8 === 0) return () => ledger.grant(calls.map((call) => ({ ...call, op: randomUUID() })))
      if (index % 8 === 7) return () => ledger.sweep(new Date(Date.now() + 120_000))
      const kind = random(4)
      if (kind === 0) return () => ledger.settle(calls)
      if (kind === 1) return () => ledger.release(calls)
      return () => ledger.hold(calls)
    })
    let next = 0
    const worker = async () => {
      for (let step = steps[next++]; step !== undefined; step = steps[next++]) await step()
    }
    await Promise.all(Array.from({ length: 16 }, worker))
    await assertCleanBooks(test.admin)
  })
})
