import { randomUUID } from 'node:crypto'
import { type Live, reduceLive } from '@tallyforge/client/live'
import { fromPublicId } from '@tallyforge/core/ids'
import { makerLimits } from '@tallyforge/core/plugins/limits'
import { expect, test, vi } from 'vitest'
import { untilEnded } from '../testing/generations.ts'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'
import type { WatchMessage } from './shapes.ts'

const app = useTestApp({ paceMs: 2 })

type Watch = { messages: WatchMessage[]; lastId: () => string; stop: () => void }

function watch(maker: TestPerson, options: { pluginId?: string; lastEventId?: string } = {}): Watch {
  const messages: WatchMessage[] = []
  let lastId = ''
  const subscription = maker.client.plugins.watch.subscribe(
    { orgId: maker.orgId, ...options },
    {
      onData: ({ id, data }) => {
        lastId = id
        messages.push(data)
      },
    },
  )
  return { messages, lastId: () => lastId, stop: () => subscription.unsubscribe() }
}

const eventsOf = (messages: WatchMessage[]) => messages.filter((message) => message.type === 'event')

function start(maker: TestPerson, pluginId?: string, model = 'sandbox/template-writer') {
  return maker.client.plugins.generate.mutate({
    orgId: maker.orgId,
    operationId: randomUUID(),
    prompt: 'Show the word count in the status bar',
    model,
    ...(pluginId === undefined ? {} : { pluginId }),
  })
}

test('a watcher is shown a snapshot, every event once and in order, and the balance as it changes', async () => {
  const maker = await app.current.person()
  const generation = await start(maker)
  const { messages, stop } = watch(maker, { pluginId: generation.pluginId })
  const done = await untilEnded(maker, generation.id)
  await expect
    .poll(() => messages.at(-1)?.type === 'balance' && eventsOf(messages).at(-1)?.event)
    .toEqual({ type: 'state', state: 'succeeded' })
  stop()
  expect(messages[0]?.type).toBe('snapshot')
  const events = eventsOf(messages)
  expect(events.map((message) => message.seq)).toEqual(events.map((_, index) => index + 1))
  // What was streamed is what was kept.
  const files = new Map<string, string>()
  for (const { event } of events)
    if (event.type === 'file-text') files.set(event.path, (files.get(event.path) ?? '') + event.text)
  const version = await maker.client.plugins.version.query({
    orgId: maker.orgId,
    versionId: done.versionId ?? '',
  })
  for (const file of version.files) expect(files.get(file.path)).toBe(file.text)
  const last = messages.filter((message) => message.type === 'balance').at(-1)
  expect(last?.balance).toMatchObject({ held: 0n, spentThisMonth: done.cost?.charged })
})

test('the words of an answer with a repair read the same watched and stored', async () => {
  const maker = await app.current.person()
  const { id, pluginId } = await start(maker, undefined, 'sandbox/fixable')
  const { messages, stop } = watch(maker, { pluginId })
  const { prose } = await untilEnded(maker, id)
  const watched = () => messages.reduce<Live>(reduceLive, {})[id]
  await expect.poll(() => watched()?.state).toBe('succeeded')
  stop()
  expect(watched()?.attempt).toBeGreaterThan(1)
  expect(prose).toContain('\n\n')
  expect(prose).toBe(watched()?.prose)
})

test('the snapshot shows the plugin as it is, so that no change is missed between reading and watching', async () => {
  const maker = await app.current.person()
  const { id, pluginId } = await start(maker)
  await untilEnded(maker, id)
  const { orgId, client } = maker
  const before = await client.plugins.byId.query({ orgId, pluginId })
  await client.plugins.lockFile.mutate({ orgId, pluginId, path: 'README.md' })
  const { messages, stop } = watch(maker, { pluginId })
  await expect.poll(() => messages.length).toBeGreaterThan(0)
  stop()
  expect(messages[0]).toMatchObject({ type: 'snapshot', plugin: { ...before, lockedPaths: ['README.md'] } })
  expect(messages[0]).toMatchObject({ plugin: await client.plugins.byId.query({ orgId, pluginId }) })
  const all = watch(maker)
  await expect.poll(() => all.messages.length).toBeGreaterThan(0)
  all.stop()
  expect(all.messages[0]).toMatchObject({ type: 'snapshot', plugin: null })
})

test('a watcher hears of a change that somebody else made to its plugin, and of no other plugin’s', async () => {
  const maker = await app.current.person()
  const { client, orgId } = maker
  const [generation, other] = [await start(maker), await start(maker)]
  const { versionId, pluginId } = await untilEnded(maker, generation.id)
  await untilEnded(maker, other.id)
  const { messages, stop } = watch(maker, { pluginId })
  await expect.poll(() => messages.length).toBeGreaterThan(0)
  const acts = [
    () => client.plugins.rename.mutate({ orgId, pluginId: other.pluginId, title: 'Not ours' }),
    () => client.plugins.rename.mutate({ orgId, pluginId, title: 'Ours' }),
    () => client.plugins.lockFile.mutate({ orgId, pluginId, path: 'README.md' }),
    () => client.plugins.restore.mutate({ orgId, operationId: randomUUID(), versionId: versionId ?? '' }),
    () => client.plugins.archive.mutate({ orgId, pluginId }),
  ]
  const told = () => messages.filter((message) => message.type === 'plugin')
  for (const [index, act] of acts.entries()) {
    await act()
    await expect.poll(() => told().length).toBe(index)
  }
  stop()
  expect(told()).toEqual(Array.from({ length: 4 }, () => ({ type: 'plugin', pluginId })))
})

test('a watcher that comes back gets what it missed, and nothing twice', async () => {
  const maker = await app.current.person()
  const generation = await start(maker)
  const first = watch(maker, { pluginId: generation.pluginId })
  await expect.poll(() => eventsOf(first.messages).length).toBeGreaterThan(2)
  first.stop()
  await untilEnded(maker, generation.id)
  const second = watch(maker, { pluginId: generation.pluginId, lastEventId: first.lastId() })
  await expect
    .poll(() => eventsOf(second.messages).at(-1)?.event)
    .toEqual({ type: 'state', state: 'succeeded' })
  second.stop()
  const seqs = [...eventsOf(first.messages), ...eventsOf(second.messages)].map((message) => message.seq)
  expect(seqs).toEqual(seqs.map((_, index) => index + 1))
})

test('a page without a plugin hears of states and balance, not of text', async () => {
  const maker = await app.current.person()
  const { messages, stop } = watch(maker)
  await expect.poll(() => messages.length).toBeGreaterThan(0)
  const generation = await start(maker)
  await untilEnded(maker, generation.id)
  await expect
    .poll(() => messages.some((message) => message.type === 'generation' && message.state === 'succeeded'))
    .toBe(true)
  stop()
  expect(eventsOf(messages)).toEqual([])
})

test('one more page than a person may have open is refused in words, and others are not', async () => {
  const [maker, other] = [await app.current.person(), await app.current.person()]
  const watches = Array.from({ length: makerLimits.watchesPerPerson }, () => watch(maker))
  await expect.poll(() => watches.every(({ messages }) => messages.length > 0)).toBe(true)
  const refusal = () =>
    new Promise((resolve) => {
      const subscription = maker.client.plugins.watch.subscribe(
        { orgId: maker.orgId },
        {
          onData: () => {
            subscription.unsubscribe()
            resolve('shown')
          },
          onError: resolve,
        },
      )
    })
  expect(await refusal()).toMatchObject({
    message: 'You have 20 pages open that follow your plugins. Close one of them to follow them here.',
    data: { kind: 'too_many_requests', code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 5 },
  })
  const others = watch(other)
  await expect.poll(() => others.messages.length).toBeGreaterThan(0)
  // A page that is closed gives its place to the next one.
  watches[0]?.stop()
  await expect.poll(refusal).toBe('shown')
  for (const each of [...watches, others]) each.stop()
})

test('all pages of a person ask once whether they may be shown a notice', async () => {
  const maker = await app.current.person()
  const watches = Array.from({ length: 8 }, () => watch(maker))
  await expect.poll(() => watches.every(({ messages }) => messages.length > 0)).toBe(true)
  const asked = vi.spyOn(app.current.deps.sessions, 'isOpen')
  const { admin } = app.current.database
  const { orgId } = maker
  const notice = { kind: 'balance', orgId: fromPublicId('org', orgId) }
  await admin`select pg_notify('tallyforge', ${JSON.stringify(notice)})`
  await expect.poll(() => watches.every(({ messages }) => messages.at(-1)?.type === 'balance')).toBe(true)
  expect(asked).toHaveBeenCalledTimes(1)
  asked.mockRestore()
  for (const each of watches) each.stop()
})

test('somebody who is no longer a member is shown nothing more', async () => {
  const maker = await app.current.person()
  const { messages, stop } = watch(maker)
  await expect.poll(() => messages.length).toBeGreaterThan(0)
  const { admin } = app.current.database
  const [org] = await admin<{ id: string }[]>`
    select m.org_id as id from app.memberships m join auth.users u on u.id = m.user_id where u.email = ${maker.email}`
  await admin`delete from app.memberships where org_id = ${org?.id ?? ''}`
  await admin`select pg_notify('tallyforge', ${JSON.stringify({ kind: 'balance', orgId: org?.id })})`
  const seen = messages.length
  await expect(maker.client.tokens.balance.query({ orgId: maker.orgId })).rejects.toMatchObject({
    data: { kind: 'not_found' },
  })
  expect(messages.length).toBe(seen)
  stop()
})
