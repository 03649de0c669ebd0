import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { untilEnded } from '../../testing/generations.ts'
import { cutDatabase } from '../../testing/outage.ts'
import { useTestApp } from '../../testing/test-app.ts'

const app = useTestApp({ paceMs: 20, env: { LEASE_SECONDS: '2' } })

test('a generation that the database left alone says so, and not that the server was stopped', async () => {
  const maker = await app.current.person()
  const { orgId } = maker
  const { id } = await maker.client.plugins.generate.mutate({
    orgId,
    operationId: randomUUID(),
    prompt: 'Show the word count in the status bar',
    model: 'sandbox/template-writer',
  })
  const { admin } = app.current.database
  const stored = () => admin`select 1 from app.generation_events where event ->> 'type' = 'file-text'`
  await expect.poll(async () => (await stored()).length, { timeout: 10_000 }).toBeGreaterThan(0)
  const mend = await cutDatabase(app.current.database.url)
  // Text comes all the time; after this it has met the outage.
  await new Promise((resolve) => setTimeout(resolve, 500))
  await mend()
  await expect
    .poll(async () => (await fetch(`${app.current.url}/readyz`)).status, { timeout: 20_000 })
    .toBe(200)
  const ended = await untilEnded(maker, id)
  expect(ended).toMatchObject({
    state: 'failed',
    failure: 'The database was away while this ran. You were not charged; try again.',
    cost: { charged: 0n },
  })
})
