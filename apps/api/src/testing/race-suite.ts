import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { proofSeed } from '@tallyforge/db/testing'
import { describe, expect, test } from 'vitest'
import { createRandom } from './fuzz.ts'
import { untilEnded } from './generations.ts'
import { type Answer, callProcedure, furnish, memberOf, signIn } from './surface.ts'
import { type TestPerson, useTestApp } from './test-app.ts'

/** Races over HTTP: what happens at once has one effect, and the books are right after each round. */
export function proveRaces({ twins, rounds }: { twins: number; rounds: number }): void {
  const app = useTestApp({ paceMs: 1, env: { SWEEP_SECONDS: '0.3' } })
  const random = createRandom(proofSeed('races'))
  const model = 'sandbox/template-writer'

  /** A server under load may say to try again (503), and then has done nothing or tells at the next try: clients do try again. */
  const mutate = async (
    person: TestPerson,
    name: string,
    input: Record<string, unknown>,
  ): Promise<Answer> => {
    const answer = await callProcedure(
      app.current,
      { name, type: 'mutation' },
      { input: { orgId: person.orgId, ...input }, cookie: person.cookie },
    )
    if (answer.kind !== 'unavailable') return answer
    await sleep(Number(answer.headers.get('retry-after') ?? 1) * 1_000)
    return mutate(person, name, input)
  }
  const repeat = <Result>(work: (index: number) => Promise<Result>) =>
    Promise.all(Array.from({ length: twins }, (_, index) => work(index)))
  const count = async (query: string): Promise<number> => {
    const [row] = await app.current.database.admin.unsafe<{ count: number }[]>(
      `select count(*)::int as count ${query}`,
    )
    return row?.count ?? -1
  }
  const faults = () => app.current.database.admin`select * from app.ledger_faults()`
  const statusesOf = (answers: Answer[]) =>
    [...new Set(answers.map(({ status, kind }) => `${status} ${kind}`))].sort()

  describe(`${twins} at once with one operation id`, () => {
    /** Every answer is a success with the same content. */
    async function oneEffect(send: () => Promise<Answer>, idOf: (body: never) => string) {
      const answers = await repeat(send)
      expect(statusesOf(answers)).toEqual(['200 null'])
      const ids = answers.map(({ body }) =>
        idOf((JSON.parse(body) as { result: { data: { json: never } } }).result.data.json),
      )
      expect(new Set(ids).size).toBe(1)
      expect((await send()).status).toBe(200)
    }

    async function conflicts(sends: (() => Promise<Answer>)[]) {
      for (const send of sends) expect(await send()).toMatchObject({ status: 409, kind: 'conflict' })
    }

    test('save: one version; the same id for something else is a conflict', async () => {
      const { owner, own } = await furnish(app.current)
      const operationId = randomUUID()
      const changes = [{ path: 'README.md', text: '# Once\n' }]
      const before = await count('from app.versions')
      await oneEffect(
        () => mutate(owner, 'plugins.save', { operationId, versionId: own.versionId, changes }),
        ({ version }: { version: { id: string } }) => version.id,
      )
      expect(await count('from app.versions')).toBe(before + 1)
      await conflicts([
        () =>
          mutate(owner, 'plugins.save', {
            operationId,
            versionId: own.versionId,
            changes: [{ path: 'README.md', text: '# Twice\n' }],
          }),
        () => mutate(owner, 'plugins.save', { operationId, versionId: own.otherVersionId, changes }),
        () => mutate(owner, 'plugins.restore', { operationId, versionId: own.versionId }),
        () => mutate(owner, 'plugins.duplicate', { operationId, versionId: own.versionId }),
        () => mutate(owner, 'plugins.generate', { operationId, prompt: 'Sort lines', model }),
        () =>
          mutate(owner, 'plugins.generate', {
            operationId,
            prompt: 'Sort lines',
            model,
            pluginId: own.pluginId,
          }),
      ])
      expect(await count('from app.versions')).toBe(before + 1)
    })

    test('restore: one version', async () => {
      const { owner, own } = await furnish(app.current)
      const operationId = randomUUID()
      const before = await count('from app.versions')
      await oneEffect(
        () => mutate(owner, 'plugins.restore', { operationId, versionId: own.versionId }),
        ({ id }: { id: string }) => id,
      )
      expect(await count('from app.versions')).toBe(before + 1)
      await conflicts([
        () => mutate(owner, 'plugins.restore', { operationId, versionId: own.otherVersionId }),
        () => mutate(owner, 'plugins.duplicate', { operationId, versionId: own.versionId }),
        () =>
          mutate(owner, 'plugins.generate', {
            operationId,
            prompt: 'Sort lines',
            model,
            pluginId: own.pluginId,
          }),
      ])
    })

    test('duplicate: one plugin with one version', async () => {
      const { owner, own } = await furnish(app.current)
      const operationId = randomUUID()
      const before = [await count('from app.plugins'), await count('from app.versions')]
      await oneEffect(
        () => mutate(owner, 'plugins.duplicate', { operationId, versionId: own.versionId }),
        ({ id }: { id: string }) => id,
      )
      expect([await count('from app.plugins'), await count('from app.versions')]).toEqual(
        before.map((each) => each + 1),
      )
      await conflicts([
        () => mutate(owner, 'plugins.duplicate', { operationId, versionId: own.otherVersionId }),
        () => mutate(owner, 'plugins.restore', { operationId, versionId: own.versionId }),
        () => mutate(owner, 'plugins.generate', { operationId, prompt: 'Sort lines', model }),
      ])
    })

    test('generate: one plugin, one hold, one charge', async () => {
      const owner = await app.current.person()
      const operationId = randomUUID()
      const before = [
        await count('from app.plugins'),
        await count('from app.holds'),
        await count("from app.transfers where kind = 'settle'"),
      ]
      await oneEffect(
        () => mutate(owner, 'plugins.generate', { operationId, prompt: 'Sort lines', model }),
        ({ id }: { id: string }) => id,
      )
      const { items } = await owner.client.plugins.list.query({ orgId: owner.orgId })
      const thread = await owner.client.plugins.generations.query({
        orgId: owner.orgId,
        pluginId: items[0]?.id ?? '',
      })
      // While it runs its version is not there yet: the id is taken all the same.
      await conflicts([
        () => mutate(owner, 'plugins.generate', { operationId, prompt: 'Sort other lines', model }),
        () =>
          mutate(owner, 'plugins.generate', {
            operationId,
            prompt: 'Sort lines',
            model,
            cap: 2_000_000_000n,
          }),
      ])
      expect((await untilEnded(owner, thread.items[0]?.id ?? '')).state).toBe('succeeded')
      expect([
        await count('from app.plugins'),
        await count('from app.holds'),
        await count("from app.transfers where kind = 'settle'"),
      ]).toEqual(before.map((each) => each + 1))
      await oneEffect(
        () => mutate(owner, 'plugins.generate', { operationId, prompt: 'Sort lines', model }),
        ({ id }: { id: string }) => id,
      )
    })

    test('the id of a generation that runs cannot be taken by a copy, which would spoil its end', async () => {
      const { owner, own } = await furnish(app.current)
      const operationId = randomUUID()
      const started = await owner.client.plugins.generate.mutate({
        orgId: owner.orgId,
        operationId,
        pluginId: own.pluginId,
        prompt: 'Add a keybinding ctrl+alt+w',
        model,
      })
      await conflicts([
        () => mutate(owner, 'plugins.restore', { operationId, versionId: own.versionId }),
        () =>
          mutate(owner, 'plugins.save', {
            operationId,
            versionId: own.versionId,
            changes: [{ path: 'README.md', text: '# No\n' }],
          }),
      ])
      expect((await untilEnded(owner, started.id)).state).toBe('succeeded')
    })

    test('two different acts at once: one wins, the other is a conflict, nothing breaks', async () => {
      const { owner, own } = await furnish(app.current)
      for (let round = 0; round < rounds; round++) {
        const operationId = randomUUID()
        const acts = [
          () => mutate(owner, 'plugins.restore', { operationId, versionId: own.versionId }),
          () => mutate(owner, 'plugins.duplicate', { operationId, versionId: own.versionId }),
          () => mutate(owner, 'plugins.restore', { operationId, versionId: own.otherVersionId }),
        ]
        const answers = await Promise.all(acts.map((act) => act()))
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
      }
    })
  })

  test('cancel: twice, and many at once, is once', async () => {
    const owner = await app.current.person()
    const started = await owner.client.plugins.generate.mutate({
      orgId: owner.orgId,
      operationId: randomUUID(),
      prompt: 'Sort lines',
      model: 'sandbox/hang',
    })
    const answers = await repeat(() => mutate(owner, 'plugins.cancel', { generationId: started.id }))
    expect(statusesOf(answers)).toEqual(['200 null'])
    expect((await untilEnded(owner, started.id)).state).toBe('canceled')
    expect((await mutate(owner, 'plugins.cancel', { generationId: started.id })).status).toBe(200)
    expect(await owner.client.tokens.balance.query({ orgId: owner.orgId })).toMatchObject({
      balance: 10_000_000_000n,
      held: 0n,
    })
  })

  test(`cancel racing the finish, ${rounds} times: ended once, and charged as it ended`, {
    timeout: 300_000,
  }, async () => {
    const seen = new Set<string>()
    const raceOnce = async (round: number) => {
      const owner = await app.current.person()
      const started = await owner.client.plugins.generate.mutate({
        orgId: owner.orgId,
        operationId: randomUUID(),
        prompt: 'Sort lines',
        model,
      })
      // From "at once" to "when it is done": the gate's end lies between.
      if (round % 2 === 0) await sleep(random.below(600))
      else {
        const late = async () =>
          await app.current.database.admin`
          select 1 from app.generation_events e
          where e.event -> 'result' ->> 'step' = 'bundle' and e.org_id = (select m.org_id from app.memberships m join auth.users u on u.id = m.user_id where u.email = ${owner.email})`
        await expect
          .poll(async () => (await late()).length, { timeout: 20_000, interval: 2 })
          .toBeGreaterThan(0)
      }
      const answers = await Promise.all(
        [0, 1, 2].map(() => mutate(owner, 'plugins.cancel', { generationId: started.id })),
      )
      expect(statusesOf(answers)).toEqual(['200 null'])
      const done = await untilEnded(owner, started.id)
      seen.add(done.state)
      const balance = await owner.client.tokens.balance.query({ orgId: owner.orgId })
      expect(balance).toMatchObject({ held: 0n, balance: 10_000_000_000n - (done.cost?.charged ?? 0n) })
      if (done.state === 'succeeded') {
        expect(done.cost?.charged).toBeGreaterThan(0n)
        expect(done.versionNumber).toBe(1)
      }
      expect(['succeeded', 'canceled']).toContain(done.state)
      expect(await faults()).toEqual([])
    }
    for (let round = 0; round < rounds; round += 4) {
      await Promise.all([0, 1, 2, 3].map((lane) => raceOnce(round + lane)))
    }
    process.stdout.write(`cancel racing the finish ended as ${[...seen].sort().join(' and ')}\n`)
  })

  test(`archive, rename, unarchive and generate at once, ${rounds} times: no fault, right books`, {
    timeout: 300_000,
  }, async () => {
    const { owner, own } = await furnish(app.current)
    for (let round = 0; round < rounds; round++) {
      const { pluginId } = own
      const answers = await Promise.all([
        mutate(owner, 'plugins.archive', { pluginId }),
        mutate(owner, 'plugins.generate', {
          operationId: randomUUID(),
          pluginId,
          prompt: 'Add a keybinding ctrl+alt+w',
          model,
          cap: 2_000_000_000n,
        }),
        mutate(owner, 'plugins.rename', { pluginId, title: `Round ${round}` }),
        mutate(owner, 'plugins.unarchive', { pluginId }),
        mutate(owner, 'plugins.restore', { operationId: randomUUID(), versionId: own.versionId }),
      ])
      for (const { status, kind, body } of answers)
        expect([200, 402, 409, 429], `${kind} ${body}`).toContain(status)
      const { items } = await owner.client.plugins.generations.query({
        orgId: own.orgId,
        pluginId,
        limit: 100,
      })
      for (const { id, state } of items)
        if (!['succeeded', 'failed', 'canceled'].includes(state)) {
          if (random.next() < 0.5) await mutate(owner, 'plugins.cancel', { generationId: id })
        }
    }
    await mutate(owner, 'plugins.unarchive', { pluginId: own.pluginId })
    const open = () => count('from app.generations g where g.finished_at is null')
    await expect.poll(open, { timeout: 60_000 }).toBe(0)
    expect(await count("from app.holds where state = 'open'")).toBe(0)
    const numbers = await app.current.database
      .admin`select plugin_id, number, count(*) from app.versions group by 1, 2 having count(*) > 1`
    expect(numbers).toEqual([])
    expect(await faults()).toEqual([])
  })

  test('fifty sign-outs and calls at once with one session: none is a fault, and it is over', async () => {
    const owner = await app.current.person()
    const cookie = await signIn(app.current, owner.email)
    const answers = await repeat((index) =>
      index % 2 === 0
        ? callProcedure(app.current, { name: 'auth.signOut', type: 'mutation' }, { cookie })
        : callProcedure(
            app.current,
            { name: 'plugins.list', type: 'query' },
            { input: { orgId: owner.orgId }, cookie },
          ),
    )
    for (const { status } of answers) expect([200, 401]).toContain(status)
    expect(await app.current.client(cookie).auth.session.query()).toBeNull()
  })

  describe('an open stream', () => {
    /** Opens the stream of a person, does something, and says what came after it. */
    async function after(
      person: TestPerson,
      orgId: string,
      act: () => Promise<unknown>,
      stir: () => Promise<unknown>,
    ) {
      const input = encodeURIComponent(JSON.stringify({ json: { orgId } }))
      const stop = new AbortController()
      const response = await fetch(`${app.current.url}/trpc/plugins.watch?input=${input}`, {
        headers: { cookie: person.cookie },
        signal: stop.signal,
      })
      const reader = response.body?.getReader()
      let text = ''
      const read = async () => {
        try {
          while (reader !== undefined) {
            const { value, done } = await reader.read()
            if (done) return
            text += Buffer.from(value).toString('utf8')
          }
        } catch {
          // Stopped below.
        }
      }
      const over = read()
      await expect.poll(() => text).toContain('snapshot')
      const seen = text.length
      await act()
      await stir()
      await expect.poll(() => text.slice(seen)).toContain('serialized-error')
      stop.abort()
      await over
      return text.slice(seen)
    }

    const ways = ['removed', 'suspended', 'signed out', 'expired'] as const

    function actOn(person: TestPerson, how: (typeof ways)[number]): () => Promise<unknown> {
      const { admin } = app.current.database
      return {
        removed: () =>
          admin`delete from app.memberships where role = 'member' and user_id = (select id from auth.users where email = ${person.email})`,
        suspended: () => admin`update auth.users set suspended_at = now() where email = ${person.email}`,
        'signed out': () =>
          callProcedure(app.current, { name: 'auth.signOut', type: 'mutation' }, { cookie: person.cookie }),
        expired: () =>
          admin`update auth.sessions set expires_at = now() - interval '1 s' where user_id = (select id from auth.users where email = ${person.email})`,
      }[how]
    }

    const refusal = (how: (typeof ways)[number]) =>
      how === 'removed' ? '"kind":"not_found"' : '"kind":"unauthenticated"'

    test.each(ways)('of somebody who is %s shows nothing more', async (how) => {
      const { owner, own } = await furnish(app.current)
      const person = await memberOf(app.current, owner, 'member')
      const shown = await after(person, own.orgId, actOn(person, how), () =>
        mutate(owner, 'plugins.generate', { operationId: randomUUID(), prompt: 'Sort lines', model }),
      )
      expect(shown).toContain(refusal(how))
      expect(shown).not.toContain('"type":"generation"')
      expect(shown).not.toContain('"type":"balance"')
    })

    test('ends by itself when nothing happens in it, and another session of the person goes on', async () => {
      const { owner, own } = await furnish(app.current)
      const nothing = async () => undefined
      await Promise.all(
        ways.map(async (how) => {
          const person = await memberOf(app.current, owner, 'member')
          expect(await after(person, own.orgId, actOn(person, how), nothing)).toContain(refusal(how))
        }),
      )
      const person = await memberOf(app.current, owner, 'member')
      const other = { ...person, cookie: await signIn(app.current, person.email) }
      const shown = await after(
        person,
        own.orgId,
        async () => undefined,
        async () => {
          await actOn(other, 'signed out')()
          await mutate(owner, 'plugins.rename', { pluginId: own.pluginId, title: 'Still here' })
          await expect
            .poll(
              async () =>
                (await callProcedure(app.current, { name: 'auth.session', type: 'query' }, other)).body,
            )
            .toContain('null')
          await actOn(person, 'signed out')()
        },
      )
      expect(shown).toContain('"type":"plugin"')
      expect(shown).toContain(refusal('signed out'))
    })
  })
}
