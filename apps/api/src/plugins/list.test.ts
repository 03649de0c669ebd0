import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { memberOf } from '../testing/surface.ts'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

/** Plugins without versions, as rows: what is tested here is their order. */
async function plugins(person: TestPerson, titles: string[]): Promise<void> {
  const { admin } = app.current.database
  for (const [index, title] of titles.entries()) {
    await admin`
      insert into app.plugins (org_id, title, target, package_name, operation_id, request_hash, created_by, updated_at)
      select m.org_id, ${title}, 'vscode', ${`p-${index}`}, ${randomUUID()}, '\\x00', m.user_id,
        now() - make_interval(mins => ${(index * 7) % 5})
      from app.memberships m join auth.users u on u.id = m.user_id where u.email = ${person.email}`
  }
}

async function pages(person: TestPerson, sort: 'updated' | 'created' | 'title', limit: number) {
  const titles: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof person.client.plugins.list.query>> =
      await person.client.plugins.list.query({ orgId: person.orgId, sort, limit, cursor })
    titles.push(...page.items.map(({ title }) => title))
    cursor = page.nextCursor
  } while (cursor !== null)
  return titles
}

const titles = [
  'beta',
  'Alpha',
  'Échelle',
  'alpha',
  'zulu',
  'Äpfel',
  'Echo',
  '日本',
  'Gamma',
  'gamma',
  'x'.repeat(80),
]

describe('a list of plugins', () => {
  test.each([1, 3, 100])('is in its order and whole in pages of %i', async (limit) => {
    const person = await app.current.person('Sorter')
    await plugins(person, titles)
    expect(await pages(person, 'created', limit)).toEqual(titles.toReversed())
    const byTitle = await pages(person, 'title', limit)
    expect(byTitle.map((title) => title.toLowerCase())).toEqual([
      'alpha',
      'alpha',
      'äpfel',
      'beta',
      'échelle',
      'echo',
      'gamma',
      'gamma',
      'x'.repeat(80),
      'zulu',
      '日本',
    ])
    expect([...(await pages(person, 'updated', limit))].sort()).toEqual([...titles].sort())
    expect(await pages(person, 'updated', limit)).toEqual(await pages(person, 'updated', 100))
  })
})

describe('what ended', () => {
  test('is told to the one who began it, from the given moment on, and never of another org', async () => {
    const ada = await app.current.person('Away')
    const since = new Date().toISOString()
    const started = await ada.client.plugins.generate.mutate({
      orgId: ada.orgId,
      operationId: randomUUID(),
      prompt: 'Show the word count in the status bar',
      model: 'sandbox/template-writer',
    })
    await expect
      .poll(async () => (await ada.client.plugins.ended.query({ orgId: ada.orgId, since })).length, {
        timeout: 20_000,
      })
      .toBe(1)
    const [ended] = await ada.client.plugins.ended.query({ orgId: ada.orgId, since })
    expect(ended).toMatchObject({ id: started.id, state: 'succeeded', versionNumber: 1, title: 'Word Count' })
    expect(ended?.charged).toBeGreaterThan(0n)
    const later = new Date().toISOString()
    expect(await ada.client.plugins.ended.query({ orgId: ada.orgId, since: later })).toEqual([])
    const viewer = await memberOf(app.current, ada, 'viewer')
    expect(await viewer.client.plugins.ended.query({ orgId: ada.orgId, since })).toEqual([])
    const stranger = await app.current.person('Stranger')
    await expect(stranger.client.plugins.ended.query({ orgId: ada.orgId, since })).rejects.toThrow()
  })
})
