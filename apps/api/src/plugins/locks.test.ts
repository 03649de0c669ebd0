import { randomUUID } from 'node:crypto'
import { fromPublicId } from '@tallyforge/core/ids'
import { makerLimits } from '@tallyforge/core/plugins/limits'
import { describe, expect, test } from 'vitest'
import { untilEnded } from '../testing/generations.ts'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

async function begin(maker: TestPerson, prompt: string, more: { pluginId?: string; model?: string } = {}) {
  const { client, orgId } = maker
  const input = { orgId, operationId: randomUUID(), prompt, model: 'sandbox/template-writer', ...more }
  return client.plugins.generate.mutate(input)
}

async function make(maker: TestPerson, prompt: string, more: Parameters<typeof begin>[2] = {}) {
  return untilEnded(maker, (await begin(maker, prompt, more)).id)
}

async function filesOf({ client, orgId }: TestPerson, versionId: string | null) {
  const { files } = await client.plugins.version.query({ orgId, versionId: versionId ?? '' })
  return new Map(files.map(({ path, text }) => [path, text]))
}

async function maker() {
  const person = await app.current.person()
  const first = await make(person, 'Show the word count in the status bar')
  const lock = (path: string) =>
    person.client.plugins.lockFile.mutate({ orgId: person.orgId, pluginId: first.pluginId, path })
  const unlock = (path: string) =>
    person.client.plugins.unlockFile.mutate({ orgId: person.orgId, pluginId: first.pluginId, path })
  return { person, pluginId: first.pluginId, first, lock, unlock }
}

describe('a lock', () => {
  test('is set and taken away, twice as once, and shown with the plugin', async () => {
    const { person, pluginId, lock, unlock } = await maker()
    const shown = async () =>
      (await person.client.plugins.byId.query({ orgId: person.orgId, pluginId })).lockedPaths
    expect(await shown()).toEqual([])
    await lock('package.json')
    await lock('README.md')
    expect((await lock('README.md')).lockedPaths).toEqual(['README.md', 'package.json'])
    expect(await shown()).toEqual(['README.md', 'package.json'])
    await unlock('README.md')
    expect((await unlock('README.md')).lockedPaths).toEqual(['package.json'])
  })

  test('needs a file that some version has, and a plugin that is not archived', async () => {
    const { person, pluginId, lock, unlock } = await maker()
    for (const path of ['src/none.ts', '../README.md', 'readme.md', 'src', '__proto__']) {
      await expect(lock(path)).rejects.toMatchObject({ data: { kind: 'not_found' } })
      await expect(unlock(path)).rejects.toMatchObject({ data: { kind: 'not_found' } })
    }
    await person.client.plugins.archive.mutate({ orgId: person.orgId, pluginId })
    await expect(lock('README.md')).rejects.toMatchObject({ data: { kind: 'conflict' } })
  })

  test('is one of a bounded number, also when many are set at once', async () => {
    const { person, pluginId, first, lock } = await maker()
    const paths = Array.from({ length: 190 }, (_, index) => `docs/part-${index}.md`)
    for (const round of [0, 1]) {
      await person.client.plugins.save.mutate({
        orgId: person.orgId,
        operationId: randomUUID(),
        versionId: first.versionId ?? '',
        changes: paths.map((path) => ({ path: `${round}/${path}`, text: 'x\n' })),
      })
    }
    const wanted = [0, 1].flatMap((round) => paths.map((path) => `${round}/${path}`))
    const results = await Promise.allSettled(wanted.slice(0, makerLimits.locksPerPlugin + 5).map(lock))
    const refused = results.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(5)
    const { lockedPaths } = await person.client.plugins.byId.query({ orgId: person.orgId, pluginId })
    expect(lockedPaths).toHaveLength(makerLimits.locksPerPlugin)
    await expect(lock(lockedPaths[0] ?? '')).resolves.toMatchObject({ id: pluginId })
  })
})

describe('a model', () => {
  test('does not change a locked file: it stays as it was, the rest is taken, and people are told', async () => {
    const { person, pluginId, first, lock, unlock } = await maker()
    await lock('README.md')
    const done = await make(person, 'also add a pomodoro timer', { pluginId })
    expect(done).toMatchObject({ state: 'succeeded', keptPaths: ['README.md'], failure: null })
    const [before, after] = [await filesOf(person, first.versionId), await filesOf(person, done.versionId)]
    expect(after.get('README.md')).toBe(before.get('README.md'))
    expect(after.get('src/pomodoro.ts')).toContain('export function activatePomodoro')

    await unlock('README.md')
    const free = await make(person, 'also add bookmarks', { pluginId })
    expect(free).toMatchObject({ state: 'succeeded', keptPaths: [] })
    expect((await filesOf(person, free.versionId)).get('README.md')).not.toBe(before.get('README.md'))
  })

  test('is told of it at a price: the estimate counts what it is told', async () => {
    const { person, pluginId, lock } = await maker()
    const quote = () =>
      person.client.plugins.quote.query({
        orgId: person.orgId,
        pluginId,
        prompt: 'Sort lines',
        model: 'sandbox/template-writer',
      })
    const before = await quote()
    await lock('README.md')
    expect((await quote()).low).toBeGreaterThan(before.low)
  })

  test('that writes only what is locked fails without a charge, and says so', async () => {
    const { person, pluginId, lock } = await maker()
    const { balance } = await person.client.tokens.balance.query({ orgId: person.orgId })
    await lock('package.json')
    const done = await make(person, 'Add a keybinding ctrl+alt+w', { pluginId })
    expect(done).toMatchObject({ state: 'failed', keptPaths: ['package.json'], cost: { charged: 0n } })
    expect(done.failure).toBe(
      'The model changed only locked files (package.json), so nothing was taken. Unlock them or ask for something else. You were not charged.',
    )
    expect((await person.client.tokens.balance.query({ orgId: person.orgId })).balance).toBe(balance)
  })

  test('does not get around a lock in a repair', async () => {
    const { person, pluginId, first, lock } = await maker()
    await lock('src/extension.ts')
    // It breaks the entry and then repairs it: neither is taken.
    const done = await make(person, 'also add a pomodoro timer', { pluginId, model: 'sandbox/invalid' })
    expect(done.keptPaths).toEqual(['src/extension.ts'])
    const entry = 'src/extension.ts'
    expect((await filesOf(person, done.versionId)).get(entry)).toBe(
      (await filesOf(person, first.versionId)).get(entry),
    )
  })

  test('that is writing while the lock is set does not change the file either', async () => {
    const { person, pluginId, lock } = await maker()
    // What the template writer does not understand it only notes in a short file.
    const noted = await make(person, 'Sing', { pluginId })
    const started = await begin(person, 'Dance', { pluginId, model: 'sandbox/slow' })
    const wrote = (type: string) => async () => {
      const events = await app.current.database.admin`
        select 1 from app.generation_events e join app.generations g on g.id = e.generation_id
        where g.prompt = 'Dance' and e.event ->> 'type' = ${type} and e.event ->> 'path' = 'CHANGELOG.md'`
      return events.length
    }
    await expect.poll(wrote('file-open'), { timeout: 30_000 }).toBeGreaterThan(0)
    await lock('CHANGELOG.md')
    await expect.poll(wrote('file-close'), { timeout: 30_000 }).toBeGreaterThan(0)
    await person.client.plugins.cancel.mutate({ orgId: person.orgId, generationId: started.id })
    const done = await untilEnded(person, started.id)
    expect(done).toMatchObject({ state: 'canceled', keptPaths: ['CHANGELOG.md'] })
    expect(await filesOf(person, done.versionId)).toEqual(await filesOf(person, noted.versionId))
  })
})

describe('a generation that is being checked', () => {
  const entry = 'src/extension.ts'
  const written = (id: string, type: string) => async () => {
    const events = await app.current.database.admin`
      select 1 from app.generation_events
      where generation_id = ${fromPublicId('generation', id)} and (event ->> 'state' = ${type} or event -> 'result' ->> 'step' = ${type})`
    return events.length
  }
  const soon = { timeout: 30_000, intervals: [5] }

  test('while a file is locked does not change it', async () => {
    const { person, pluginId, first, lock } = await maker()
    const started = await begin(person, 'also add a pomodoro timer', { pluginId })
    await expect.poll(written(started.id, 'validating'), soon).toBeGreaterThan(0)
    const { activeGeneration } = await lock(entry)
    const done = await untilEnded(person, started.id)
    // Unless it was over already.
    if (activeGeneration === null) return
    const [before, after] = [
      await filesOf(person, first.versionId),
      await filesOf(person, done.versionId ?? first.versionId),
    ]
    expect(after.get(entry)).toBe(before.get(entry))
  })

  test('is not ready, and free, when a file is locked after the last look', async () => {
    const { person, pluginId, first } = await maker()
    const { admin } = app.current.database
    const balance = async () => (await person.client.tokens.balance.query({ orgId: person.orgId })).balance
    const before = await balance()
    const started = await begin(person, 'also add a pomodoro timer', { pluginId })
    await admin.begin(async (tx) => {
      // The end of the generation waits for this row, as it does for whoever locks a file.
      const [plugin] = await tx`
        select org_id, created_by from app.plugins where id = ${fromPublicId('plugin', pluginId)} for update`
      await expect.poll(written(started.id, 'commands'), soon).toBeGreaterThan(0)
      await tx`
        insert into app.plugin_locks (org_id, plugin_id, path, created_by)
        values (${plugin?.org_id}, ${fromPublicId('plugin', pluginId)}, ${entry}, ${plugin?.created_by})`
    })
    const done = await untilEnded(person, started.id)
    const after = await filesOf(person, done.versionId ?? first.versionId)
    expect(after.get(entry)).toBe((await filesOf(person, first.versionId)).get(entry))
    expect(done).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('locked at the last moment'),
    })
    expect(await balance()).toBe(before)
  })
})

test('people change a locked file by hand', async () => {
  const { person, first, lock } = await maker()
  await lock('README.md')
  const saved = await person.client.plugins.save.mutate({
    orgId: person.orgId,
    operationId: randomUUID(),
    versionId: first.versionId ?? '',
    changes: [{ path: 'README.md', text: '# By hand\n' }],
  })
  expect(saved.status).toBe('saved')
  const savedId = saved.status === 'saved' ? saved.version.id : ''
  expect((await filesOf(person, savedId)).get('README.md')).toBe('# By hand\n')
})
