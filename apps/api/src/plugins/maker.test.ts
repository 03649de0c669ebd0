import { randomUUID } from 'node:crypto'
import { tokens } from '@tallyforge/core/money'
import { costSoFar } from '@tallyforge/core/tokens/charge'
import { describe, expect, test } from 'vitest'
import { untilEnded } from '../testing/generations.ts'
import { type TestPerson, useTestApp } from '../testing/test-app.ts'

const app = useTestApp()

function generate(
  maker: TestPerson,
  prompt: string,
  options: { model?: string; pluginId?: string; operationId?: string; cap?: bigint } = {},
) {
  const { model = 'sandbox/template-writer', operationId = randomUUID(), ...rest } = options
  return maker.client.plugins.generate.mutate({ orgId: maker.orgId, operationId, prompt, model, ...rest })
}

async function make(maker: TestPerson, prompt: string, options: Parameters<typeof generate>[2] = {}) {
  return untilEnded(maker, (await generate(maker, prompt, options)).id)
}

const balanceOf = (maker: TestPerson) => maker.client.tokens.balance.query({ orgId: maker.orgId })

describe('the main job', () => {
  test('a described plugin becomes a ready version, and exactly what it used is charged', async () => {
    const maker = await app.current.person()
    const before = await balanceOf(maker)
    const done = await make(maker, 'Show the word count in the status bar')
    expect(done.failure).toBeNull()
    expect(done.state).toBe('succeeded')
    expect(done.steps.map((step) => [step.step, step.status])).toEqual([
      ['paths', 'passed'],
      ['manifest', 'passed'],
      ['imports', 'passed'],
      ['types', 'passed'],
      ['bundle', 'passed'],
      ['commands', 'passed'],
    ])
    const after = await balanceOf(maker)
    const { cost } = done
    const fresh = (cost?.inputTokens ?? 0) - (cost?.cachedInputTokens ?? 0)
    expect(cost?.charged).toBe(
      BigInt(fresh + (cost?.cachedInputTokens ?? 0)) * 100_000n + BigInt(cost?.outputTokens ?? 0) * 200_000n,
    )
    expect(cost?.charged).toBeGreaterThan(0n)
    expect(after).toMatchObject({
      held: 0n,
      balance: before.balance - (cost?.charged ?? 0n),
      spentThisMonth: cost?.charged,
    })
  })

  test('the receipt adds up line by line to what the history shows', async () => {
    const maker = await app.current.person()
    const done = await make(maker, 'Insert a UUID at every cursor')
    const receipt = await maker.client.tokens.receipt.query({ orgId: maker.orgId, holdId: done.holdId })
    const sum = receipt.lines.reduce((total, line) => total + line.amount, 0n)
    for (const line of receipt.lines) expect(line.amount).toBe(BigInt(line.tokens) * line.unitPrice)
    expect(receipt).toMatchObject({
      state: 'settled',
      charged: sum,
      returned: receipt.held - sum,
      priceBook: 'standard-v1',
      generationId: done.id,
    })
    const { items } = await maker.client.tokens.history.query({ orgId: maker.orgId })
    expect(items.map((item) => [item.kind, item.amount, item.balanceAfter])).toEqual([
      ['settle', -sum, tokens(10_000) - sum],
      ['grant', tokens(10_000), tokens(10_000)],
    ])
  })

  test('a further prompt makes a child version; restore and edit make new ones; nothing is overwritten', async () => {
    const maker = await app.current.person()
    const { orgId, client } = maker
    const first = await make(maker, 'Show the word count in the status bar')
    const second = await make(maker, 'Add a keybinding ctrl+alt+w', { pluginId: first.pluginId })
    expect(second).toMatchObject({ state: 'succeeded', versionNumber: 2, parentVersionId: first.versionId })

    const [firstVersion, secondVersion] = [first.versionId ?? '', second.versionId ?? '']
    const diff = await client.plugins.diff.query({
      orgId,
      fromVersionId: firstVersion,
      toVersionId: secondVersion,
    })
    expect(diff.map((file) => file.path)).toContain('package.json')

    const restoreId = randomUUID()
    const restored = await client.plugins.restore.mutate({
      orgId,
      operationId: restoreId,
      versionId: firstVersion,
    })
    expect(restored).toMatchObject({ number: 3, origin: 'restore', state: 'ready', parentId: firstVersion })
    expect(
      await client.plugins.restore.mutate({ orgId, operationId: restoreId, versionId: firstVersion }),
    ).toEqual(restored)
    expect(
      await client.plugins.diff.query({ orgId, fromVersionId: firstVersion, toVersionId: restored.id }),
    ).toEqual([])

    const readme = { path: 'README.md', text: '# Mine\n' }
    const saved = await client.plugins.save.mutate({
      orgId,
      operationId: randomUUID(),
      versionId: restored.id,
      changes: [readme],
    })
    expect(saved).toMatchObject({ status: 'saved', version: { number: 4, origin: 'edit' } })

    const { items } = await client.plugins.versions.query({ orgId, pluginId: first.pluginId })
    expect(items.map((version) => [version.number, version.origin])).toEqual([
      [4, 'edit'],
      [3, 'restore'],
      [2, 'generation'],
      [1, 'generation'],
    ])
    const original = await client.plugins.version.query({ orgId, versionId: firstVersion })
    expect(original.files.some((file) => file.text === readme.text)).toBe(false)
  })

  test('the title follows what the newest ready version calls itself, until a person renames the plugin', async () => {
    const maker = await app.current.person()
    const { orgId, client } = maker
    const first = await make(maker, 'Show the word count in the status bar')
    const { pluginId } = first
    const title = async () => (await client.plugins.byId.query({ orgId, pluginId })).title
    expect(await title()).toBe('Word Count')
    await make(maker, 'rename the extension to Wordy', { pluginId })
    expect(await title()).toBe('Wordy')
    await client.plugins.restore.mutate({
      orgId,
      operationId: randomUUID(),
      versionId: first.versionId ?? '',
    })
    expect(await title()).toBe('Word Count')
    await client.plugins.rename.mutate({ orgId, pluginId, title: 'By hand' })
    await make(maker, 'rename the extension to Counter', { pluginId })
    expect(await title()).toBe('By hand')
  })

  test('a hand edit that does not pass the gate keeps nothing and says why', async () => {
    const maker = await app.current.person()
    const { orgId, client } = maker
    const first = await make(maker, 'Show the word count in the status bar')
    const refused = await client.plugins.save.mutate({
      orgId,
      operationId: randomUUID(),
      versionId: first.versionId ?? '',
      changes: [{ path: 'src/extension.ts', text: 'export function activate(): number { return "no" }\n' }],
    })
    expect(refused.status).toBe('refused')
    const failed = refused.status === 'refused' ? refused.steps.at(-1) : undefined
    expect(failed).toMatchObject({ step: 'types', status: 'failed' })
    expect(failed?.messages[0]).toMatchObject({ path: 'src/extension.ts', line: 1 })
    expect((await client.plugins.versions.query({ orgId, pluginId: first.pluginId })).items).toHaveLength(1)
  })

  test('a duplicate is another extension with the same files', async () => {
    const maker = await app.current.person()
    const { orgId, client } = maker
    const first = await make(maker, 'Sort the selected lines')
    const operationId = randomUUID()
    const copy = await client.plugins.duplicate.mutate({
      orgId,
      operationId,
      versionId: first.versionId ?? '',
    })
    expect(
      await client.plugins.duplicate.mutate({ orgId, operationId, versionId: first.versionId ?? '' }),
    ).toEqual(copy)
    expect(copy.id).not.toBe(first.pluginId)
    const [mine, original] = await Promise.all(
      [copy.readyVersion?.id ?? '', first.versionId ?? ''].map((versionId) =>
        client.plugins.version.query({ orgId, versionId }),
      ),
    )
    expect(mine?.files).toEqual(original?.files)
  })

  test('the same operation id is one generation, also in parallel; another request under it is a conflict', async () => {
    const maker = await app.current.person()
    const operationId = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => generate(maker, 'Sort lines', { operationId })),
    )
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    await expect(generate(maker, 'Something else', { operationId })).rejects.toMatchObject({
      data: { kind: 'conflict' },
    })
    await untilEnded(maker, answers[0]?.id ?? '')
    expect((await maker.client.plugins.list.query({ orgId: maker.orgId })).items).toHaveLength(1)
  })

  test('two run and ten wait; the next is refused with the reason', async () => {
    const maker = await app.current.person()
    const started = []
    for (let n = 0; n < 12; n++)
      started.push(await generate(maker, `Sort lines ${n}`, { model: 'sandbox/hang', cap: tokens(700) }))
    await expect(generate(maker, 'One more')).rejects.toMatchObject({ data: { kind: 'limit_reached' } })
    await Promise.all(
      started.map(({ id }) => maker.client.plugins.cancel.mutate({ orgId: maker.orgId, generationId: id })),
    )
    for (const { id } of started) expect((await untilEnded(maker, id)).state).toBe('canceled')
    expect(await balanceOf(maker)).toMatchObject({ balance: tokens(10_000), held: 0n })
  })
})

describe('not enough tokens', () => {
  test('is refused before any model call, says what is missing, and holds nothing', async () => {
    const maker = await app.current.person()
    const { orgId } = maker
    const quote = await maker.client.plugins.quote.query({
      orgId,
      prompt: 'x'.repeat(20_000),
      model: 'sandbox/hang',
    })
    expect(quote.missing).toBe(0n)
    // Three holds of the greatest size take the balance of a new account.
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, (_, n) => generate(maker, `Sort ${n}`, { model: 'sandbox/hang' })),
    )
    const refusals = results.filter((result) => result.status === 'rejected')
    expect(refusals.length).toBeGreaterThan(0)
    for (const refusal of refusals) {
      expect(refusal.reason).toMatchObject({
        data: {
          kind: 'insufficient_tokens',
          httpStatus: 402,
          details: { missing: expect.stringMatching(/^\d+$/) },
        },
      })
    }
    const started = results.filter((result) => result.status === 'fulfilled')
    for (const { value } of started)
      await maker.client.plugins.cancel.mutate({ orgId, generationId: value.id })
    for (const { value } of started) await untilEnded(maker, value.id)
    expect(await balanceOf(maker)).toMatchObject({ balance: tokens(10_000), held: 0n })
  })

  test('a cap below the least cost is refused at once, as the quote has said', async () => {
    const maker = await app.current.person()
    const { orgId } = maker
    const model = 'sandbox/template-writer'
    const quote = await maker.client.plugins.quote.query({
      orgId,
      prompt: 'Sort lines',
      model,
      cap: tokens(5),
    })
    const count = Number(quote.minimum / 1_000_000n)
    expect(quote).toMatchObject({ hold: tokens(5), missing: 0n, minimum: tokens(count) })
    expect(count).toBeGreaterThan(100)
    const start = (cap: bigint) => generate(maker, 'Sort lines', { cap })
    for (const cap of [1n, tokens(5), quote.minimum - 1n]) {
      await expect(start(cap)).rejects.toMatchObject({
        message: `The cap is too low for this request: it needs at least ${count} tokens.`,
        data: { kind: 'invalid_input' },
      })
    }
    await untilEnded(maker, (await start(quote.minimum)).id)
  })

  test('an answer that the cap cuts off says which tokens are whose', async () => {
    const maker = await app.current.person()
    const { orgId } = maker
    const prompt = 'Word count in the status bar, bookmarks, a pomodoro timer'
    const model = 'sandbox/template-writer'
    const { minimum: cap } = await maker.client.plugins.quote.query({ orgId, prompt, model })
    const done = await make(maker, prompt, { cap })
    expect(done.failure).toMatch(
      new RegExp(
        `^The answer was cut off: your cap of ${cap / 1_000_000n} tokens pays for 50\\d tokens of the model’s output\\. `,
      ),
    )
    expect(done.cost?.charged).toBe(0n)
  })
})

describe('models that misbehave', () => {
  const failing = [
    'hang',
    'hang-headers',
    'stall',
    'cut',
    'fin',
    'prose',
    'invalid',
    'unregistered',
    'traversal',
    '401',
    '429',
    '500',
    'html',
    'garbage',
    'midstream-error',
    'huge',
  ] as const

  test.each(failing)('%s: a typed failure in words, nothing charged, everything returned', async (name) => {
    const maker = await app.current.person()
    const done = await make(maker, 'Show the word count in the status bar', { model: `sandbox/${name}` })
    expect(done.state).toBe('failed')
    expect(done.failure).toMatch(/You were not charged/)
    expect(done.cost?.charged).toBe(0n)
    expect(await balanceOf(maker)).toMatchObject({ balance: tokens(10_000), held: 0n })
  })

  test('fixable: the gate’s messages are repaired in a second call, and both are charged', async () => {
    const maker = await app.current.person()
    const done = await make(maker, 'Show the word count in the status bar', { model: 'sandbox/fixable' })
    expect(done.state).toBe('succeeded')
    const calls = await app.current.database
      .admin`select attempt, outcome from app.usage_records order by at desc limit 2`
    expect(calls.map((call) => call.attempt).sort()).toEqual([1, 2])
  })

  test.each(['liar', 'nousage'])('%s: our own count is charged instead of the provider’s', async (name) => {
    const maker = await app.current.person()
    const done = await make(maker, 'Show the word count in the status bar', { model: `sandbox/${name}` })
    expect(done).toMatchObject({ state: 'succeeded', cost: { isEstimated: true } })
    const { balance } = await balanceOf(maker)
    expect(balance).toBe(tokens(10_000) - (done.cost?.charged ?? 0n))
    expect(done.cost?.charged).toBeGreaterThan(0n)
  })

  test('cancel stops the provider, charges what came, and keeps what was written for reading', async () => {
    const maker = await app.current.person()
    const started = await generate(maker, 'Count the words, slowly', { model: 'sandbox/slow' })
    const written = () => app.current.database.admin`
      select 1 from app.generation_events e join app.generations g on g.id = e.generation_id
      where g.prompt = 'Count the words, slowly' and e.event ->> 'type' in ('prose', 'file-text')`
    await expect.poll(async () => (await written()).length, { timeout: 10_000 }).toBeGreaterThan(0)
    const before = await sandboxStats()
    await maker.client.plugins.cancel.mutate({ orgId: maker.orgId, generationId: started.id })
    const done = await untilEnded(maker, started.id)
    expect(done.state).toBe('canceled')
    const { balance, held } = await balanceOf(maker)
    expect(held).toBe(0n)
    expect(tokens(10_000) - balance).toBe(done.cost?.charged)
    expect(done.cost?.charged).toBeGreaterThan(0n)
    await expect.poll(async () => (await sandboxStats()).aborted).toBeGreaterThan(before.aborted)

    // What a page could say before: the stored events lag behind the call, and never run ahead of it.
    const events = await app.current.database.admin<{ event: Record<string, number> }[]>`
      select e.event from app.generation_events e join app.generations g on g.id = e.generation_id
      where g.prompt = 'Count the words, slowly' and e.event ->> 'type' in ('attempt', 'progress') order by e.seq`
    const call = {
      inputTokens: events[0]?.event.inputTokens ?? 0,
      outputTokens: events.at(-1)?.event.outputTokens ?? 0,
    }
    const foretold = costSoFar([call], started.price)
    expect(foretold).toBeGreaterThan(BigInt(call.inputTokens) * started.price.input)
    expect(foretold).toBeLessThanOrEqual(done.cost?.charged ?? 0n)
  })

  async function sandboxStats(): Promise<{ aborted: number }> {
    const response = await fetch(new URL('/_sandbox/stats', app.current.deps.env.SANDBOX_MODELS_URL))
    return (await response.json()) as { aborted: number }
  }
})
