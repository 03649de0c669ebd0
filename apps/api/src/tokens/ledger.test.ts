import { randomUUID } from 'node:crypto'
import { DomainError } from '@tallyforge/core/errors'
import { tokens } from '@tallyforge/core/money'
import { assertCleanBooks, createTestDatabase, newOrgs, type TestDatabase } from '@tallyforge/db/testing'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readBalance } from './balance.ts'
import {
  grantTokens,
  holdTokens,
  openAccounts,
  releaseHold,
  renewHolds,
  settleHold,
  sweepLedger,
} from './ledger.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase(inject('databaseServer'))
})
afterAll(async () => {
  await assertCleanBooks(test.admin)
  await test.drop()
})

const requestHash = Buffer.from('a request')

async function orgWith(count: number) {
  const [orgId = ''] = await newOrgs(test.admin, 1)
  const operationId = randomUUID()
  const grant = () =>
    test.db.withService(async (tx) => {
      await openAccounts(tx, orgId)
      return grantTokens(tx, {
        orgId,
        operationId,
        amount: tokens(count),
        reason: 'plan',
        description: 'A month of tokens',
        expiresAt: null,
        requestHash,
      })
    })
  await grant()
  const inOrg = { orgId, userId: randomUUID() }
  return {
    orgId,
    grant,
    hold: (amount: bigint, operationId: string = randomUUID(), hash = requestHash, ttlSeconds = 60) =>
      test.db.withOrg(inOrg, (tx) =>
        holdTokens(tx, {
          ...inOrg,
          operationId,
          amount,
          ttlSeconds,
          priceBookId: 'standard-v1',
          requestHash: hash,
        }),
      ),
    settle: (operationId: string, amount: bigint) =>
      test.db.withOrg(inOrg, (tx) => settleHold(tx, { orgId, operationId, amount, description: 'A call' })),
    release: (operationId: string, amount = 0n) =>
      test.db.withOrg(inOrg, (tx) =>
        releaseHold(tx, { orgId, operationId, amount, description: 'A failed call' }),
      ),
    balance: () => test.db.withOrg(inOrg, readBalance),
  }
}

describe('holding and settling', () => {
  it('charges what was used, returns the rest, and answers a retry with the first charge', async () => {
    const org = await orgWith(10)
    const operationId = randomUUID()
    const { holdId, isReplay } = await org.hold(tokens(4), operationId)
    expect(isReplay).toBe(false)
    expect(await org.balance()).toMatchObject({ balance: tokens(10), held: tokens(4), available: tokens(6) })
    expect(await org.hold(tokens(4), operationId)).toEqual({ holdId, isReplay: true })
    expect(await org.settle(operationId, tokens(3))).toEqual({ charged: tokens(3) })
    expect(await org.settle(operationId, tokens(3))).toEqual({ charged: tokens(3) })
    expect(await org.balance()).toEqual({
      balance: tokens(7),
      held: 0n,
      available: tokens(7),
      spentThisMonth: tokens(3),
    })
  })

  it('says what is missing and holds nothing', async () => {
    const org = await orgWith(10)
    const refusal = await org.hold(tokens(12)).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DomainError)
    expect(refusal).toMatchObject({
      kind: 'insufficient_tokens',
      message: expect.stringContaining('Add 2 tokens'),
      details: { needed: '12000000', available: '10000000', missing: '2000000' },
    })
    expect(await org.balance()).toMatchObject({ held: 0n })
  })

  it('refuses an operation that was used for something else', async () => {
    const org = await orgWith(10)
    const operationId = randomUUID()
    await org.hold(tokens(1), operationId)
    const conflict = { kind: 'conflict' }
    await expect(org.hold(tokens(1), operationId, Buffer.from('another'))).rejects.toMatchObject(conflict)
    await org.settle(operationId, tokens(1))
    await expect(org.settle(operationId, tokens(0))).rejects.toMatchObject(conflict)
    // What was charged is not given back in silence.
    await expect(org.release(operationId)).rejects.toMatchObject(conflict)
    expect(await org.balance()).toMatchObject({ balance: tokens(9), held: 0n })
  })

  it('a call of no operation is a fault of ours, not of the person', async () => {
    const org = await orgWith(10)
    const fault = await org.settle(randomUUID(), 1n).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(Error)
    expect(fault).not.toBeInstanceOf(DomainError)
  })
})

describe('releasing', () => {
  it('returns everything, once, and books what the platform bears', async () => {
    const org = await orgWith(10)
    const operationId = randomUUID()
    await org.hold(tokens(4), operationId)
    await org.release(operationId, tokens(2))
    await org.release(operationId, tokens(2))
    expect(await org.balance()).toMatchObject({ balance: tokens(10), held: 0n, spentThisMonth: 0n })
    const [quality] = await test.admin`
      select balance from app.accounts where org_id = ${org.orgId} and kind = 'quality'`
    expect(quality).toEqual({ balance: String(tokens(2)) })
    await expect(org.settle(operationId, 1n)).rejects.toMatchObject({ kind: 'conflict' })
  })
})

describe('granting', () => {
  it('adds once, however often it is asked to', async () => {
    const org = await orgWith(10)
    expect(await org.grant()).toEqual({ balance: tokens(10) })
    expect(await org.balance()).toMatchObject({ balance: tokens(10) })
  })
})

describe('sweeping', () => {
  it('ends holds whose time is over, keeps what was renewed, and names the orgs that changed', async () => {
    const [lost, kept] = [await orgWith(10), await orgWith(10)]
    const [gone, renewed] = [randomUUID(), randomUUID()]
    await lost.hold(tokens(4), gone, requestHash, 1)
    await kept.hold(tokens(4), renewed, requestHash, 1)
    const open = await test.db.withService((tx) =>
      renewHolds(
        tx,
        [
          { orgId: kept.orgId, operationId: renewed },
          { orgId: kept.orgId, operationId: randomUUID() },
        ],
        60,
      ),
    )
    expect(open).toEqual(new Set([renewed]))
    await test.admin`update app.holds set expires_at = now() - interval '1 second' where operation_id = ${gone}`
    const changed = await test.db.withService(sweepLedger)
    expect(changed).toContain(lost.orgId)
    expect(changed).not.toContain(kept.orgId)
    expect(await lost.balance()).toMatchObject({ held: 0n, balance: tokens(10) })
    expect(await kept.balance()).toMatchObject({ held: tokens(4) })
    // Its owner comes back too late: nothing is charged, and releasing it is no fault.
    await expect(lost.settle(gone, tokens(1))).rejects.toMatchObject({ kind: 'conflict' })
    await lost.release(gone)
  })

  it('by several processes at once, beside calls over all orgs, never deadlocks', async () => {
    const orgs = await Promise.all(Array.from({ length: 6 }, () => orgWith(1_000)))
    const expire = () =>
      test.admin`
        update app.grants set expires_at = now() - interval '1 second' where org_id in (
          select org_id from app.grants order by random() limit 3)`
    const sweeper = async () => {
      for (let round = 0; round < 25; round++) {
        await expire()
        await test.db.withService(sweepLedger)
      }
    }
    const caller = async (index: number) => {
      for (let round = 0; round < 25; round++) {
        const org = orgs[(index + round) % orgs.length]
        const operationId = randomUUID()
        await org?.hold(1n, operationId, requestHash, 1).catch((error: DomainError) => {
          if (error.kind !== 'insufficient_tokens') throw error
        })
        await test.admin`update app.holds set expires_at = now() - interval '1 second' where operation_id = ${operationId}`
      }
    }
    await Promise.all([
      sweeper(),
      sweeper(),
      sweeper(),
      ...Array.from({ length: 4 }, (_, index) => caller(index)),
    ])
  })
})
