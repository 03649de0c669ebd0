import { randomUUID } from 'node:crypto'
import { fromPublicId } from '@tallyforge/core/ids'
import { describe, expect, test } from 'vitest'
import { untilEnded } from '../testing/generations.ts'
import { memberOf } from '../testing/surface.ts'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

async function receiptOf(person: TestPerson, model: string, cap?: bigint) {
  const { client, orgId } = person
  const { id } = await client.plugins.generate.mutate({
    orgId,
    operationId: randomUUID(),
    prompt: 'Sort lines',
    model,
    cap,
  })
  const { holdId } = await untilEnded(person, id)
  return client.tokens.receipt.query({ orgId, holdId })
}

const sum = (amounts: bigint[]) => amounts.reduce((a, b) => a + b, 0n)

describe('a receipt', () => {
  test.each(['sandbox/template-writer', 'sandbox/invalid'])(
    'of %s adds up, line by line and call by call',
    async (model) => {
      const receipt = await receiptOf(await app.current.person(), model)
      expect(receipt.lines.length).toBeGreaterThan(0)
      for (const line of receipt.lines) expect(line.amount).toBe(BigInt(line.tokens) * line.unitPrice)
      const total = sum(receipt.lines.map(({ amount }) => amount))
      expect(total).toBe(receipt.charged + receipt.borne)
      expect(sum(receipt.calls.map(({ cost }) => cost))).toBe(total)
      expect(receipt.calls.map(({ attempt }) => attempt)).toEqual(receipt.calls.map((_, index) => index + 1))
      expect(receipt.held).toBe(receipt.charged + receipt.returned)
      const isReady = model === 'sandbox/template-writer'
      expect([receipt.state, receipt.charged > 0n, receipt.borne > 0n]).toEqual([
        isReady ? 'settled' : 'released',
        isReady,
        !isReady,
      ])
    },
  )

  test('says who made the call, as long as they are a member', async () => {
    const owner = await app.current.person('Ada Owner')
    const member = await memberOf(app.current, owner, 'member')
    const { holdId, createdBy, createdByName } = await receiptOf(
      { ...member, orgId: owner.orgId },
      'sandbox/template-writer',
    )
    expect([createdBy, createdByName]).toEqual([member.userId, 'The member'])
    await app.current.database.admin`
      delete from app.memberships where user_id = ${fromPublicId('user', member.userId)}
        and org_id = ${fromPublicId('org', owner.orgId)}`
    const later = await owner.client.tokens.receipt.query({ orgId: owner.orgId, holdId })
    expect([later.createdBy, later.createdByName]).toEqual([member.userId, null])
  })
})
