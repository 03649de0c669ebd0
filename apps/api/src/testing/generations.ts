import { setTimeout as sleep } from 'node:timers/promises'
import { isFinal } from '@tallyforge/core/plugins/states'
import type { TestPerson } from './test-app.ts'

/** Waits until a generation of this person's org has ended, and returns it. */
export async function untilEnded(person: TestPerson, generationId: string, seconds = 30) {
  const end = Date.now() + seconds * 1_000
  const pluginId = await findPlugin(person, generationId)
  while (Date.now() < end) {
    const found = await findIn(person, pluginId, generationId)
    if (found !== undefined && isFinal(found.state)) return found
    await sleep(50)
  }
  throw new Error(`generation ${generationId} has not ended after ${seconds} s`)
}

async function findPlugin(person: TestPerson, generationId: string): Promise<string> {
  const { items } = await person.client.plugins.list.query({ orgId: person.orgId, limit: 100 })
  for (const { id } of items) {
    if ((await findIn(person, id, generationId)) !== undefined) return id
  }
  throw new Error(`generation ${generationId} is of no plugin`)
}

async function findIn({ client, orgId }: TestPerson, pluginId: string, generationId: string) {
  const { items } = await client.plugins.generations.query({ orgId, pluginId, limit: 100 })
  return items.find(({ id }) => id === generationId)
}
