import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { untilEnded } from '../testing/generations.ts'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

function begin({ client, orgId }: TestPerson, prompt: string, more: { model?: string; pluginId?: string }) {
  const model = 'sandbox/template-writer'
  return client.plugins.generate.mutate({ orgId, operationId: randomUUID(), prompt, model, ...more })
}

async function filesOf({ client, orgId }: TestPerson, versionId: string | null) {
  const { files } = await client.plugins.version.query({ orgId, versionId: versionId ?? '' })
  return new Map(files.map(({ path, text }) => [path, text]))
}

type Shown = { type: string; path: string; text?: string }

/** The stored file events of a generation: what every page showed. */
async function shownOf(prompt: string): Promise<Shown[]> {
  const rows = await app.current.database.admin<{ event: Shown }[]>`
    select e.event from app.generation_events e join app.generations g on g.id = e.generation_id
    where g.prompt = ${prompt} and e.event ->> 'type' like 'file-%' order by e.seq`
  return rows.map(({ event }) => event)
}

/** The file that was open when the events ended, with the text that was shown of it. */
function lastHalf(events: Shown[]): { path: string; text: string } {
  const from = events.findLastIndex(({ type }) => type === 'file-open')
  expect(events.slice(from).some(({ type }) => type === 'file-close')).toBe(false)
  const text = events.slice(from).map((event) => event.text ?? '')
  return { path: events[from]?.path ?? '', text: text.join('') }
}

describe('the file that a model was writing when it ended', () => {
  test('stays in the canceled version as far as it was shown', async () => {
    const person = await app.current.person()
    const prompt = 'Count the words, and be stopped'
    const started = await begin(person, prompt, { model: 'sandbox/slow' })
    const hasText = async () => (await shownOf(prompt)).some(({ type }) => type === 'file-text')
    await expect.poll(hasText, { timeout: 30_000 }).toBe(true)
    await person.client.plugins.cancel.mutate({ orgId: person.orgId, generationId: started.id })
    const done = await untilEnded(person, started.id)
    const half = lastHalf(await shownOf(prompt))
    expect(half.text).not.toBe('')
    expect(done.state).toBe('canceled')
    expect((await filesOf(person, done.versionId)).get(half.path)).toBe(half.text)
  })

  test('stays in the failed version of an answer that broke off', async () => {
    const person = await app.current.person()
    const prompt = 'Count the words, and break off'
    const done = await untilEnded(person, (await begin(person, prompt, { model: 'sandbox/cut' })).id)
    const half = lastHalf(await shownOf(prompt))
    expect(done).toMatchObject({ state: 'failed', cost: { charged: 0n } })
    expect((await filesOf(person, done.versionId)).get(half.path)).toBe(half.text)
  })

  test('stays as it was when it is locked, and people hear of it', async () => {
    const person = await app.current.person()
    const first = await untilEnded(person, (await begin(person, 'Count the words', {})).id)
    const before = await filesOf(person, first.versionId)
    for (const path of before.keys())
      await person.client.plugins.lockFile.mutate({ orgId: person.orgId, pluginId: first.pluginId, path })
    const prompt = 'Sort the selected lines, and break off'
    const started = await begin(person, prompt, { model: 'sandbox/cut', pluginId: first.pluginId })
    const done = await untilEnded(person, started.id)
    const half = lastHalf(await shownOf(prompt))
    expect(before.has(half.path)).toBe(true)
    expect(done.keptPaths).toContain(half.path)
    expect((await filesOf(person, done.versionId)).get(half.path)).toBe(before.get(half.path))
  })
})
