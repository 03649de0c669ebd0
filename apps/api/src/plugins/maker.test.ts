import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { untilEnded } from '../testing/generations.ts'
import { useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

describe('the main job', () => {
  test('a described plugin becomes a ready version, and exactly what it used is charged', async () => {
    const maker = await app.current.person()
    const before = await maker.client.tokens.balance.query({ orgId: maker.orgId })
    const generation = await maker.client.plugins.generate.mutate({
      orgId: maker.orgId,
      operationId: randomUUID(),
      prompt: 'Show the word count in the status bar',
      model: 'sandbox/template-writer',
    })
    const done = await untilEnded(maker, generation.id)
    expect(done.failure).toBeNull()
    expect(done.state).toBe('succeeded')
    const after = await maker.client.tokens.balance.query({ orgId: maker.orgId })
    expect(after.held).toBe(0n)
    expect(before.balance - after.balance).toBe(done.cost?.charged)
    expect(done.cost?.charged).toBe(
      BigInt(done.cost?.inputTokens ?? 0) * 100_000n + BigInt(done.cost?.outputTokens ?? 0) * 200_000n,
    )
  })
})
