import { setTimeout as sleep } from 'node:timers/promises'
import { isFinal } from '@tallyforge/core/plugins/states'
import type { TestPerson } from './test-app.ts'

/** Waits until a generation of this person's org has ended, and returns it. */
export async function untilEnded(person: TestPerson, generationId: string, seconds = 30) {
  const end = Date.now() + seconds * 1_000
  while (Date.now() < end) {
    const found = await findGeneration(person, generationId)
    if (found !== undefined && isFinal(found.state)) return found
    await sleep(50)
  }
  throw new Error(`generation ${generationId} has not ended after ${seconds} s`)
}

async function findGeneration({ client, orgId }: TestPerson, generationId: string) {
  const { items } = await client.plugins.list.query({ orgId, limit: 100 })
  for (const { id } of items) {
    const thread = await client.plugins.generations.query({ orgId, pluginId: id, limit: 100 })
    const found = thread.items.find((each) => each.id === generationId)
    if (found !== undefined) return found
  }
  return undefined
}
