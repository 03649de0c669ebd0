import { randomUUID } from 'node:crypto'
import { countUsage } from '@tallyforge/core/tokens/charge'
import { costOf } from '@tallyforge/core/tokens/prices'
import { noUsage } from '@tallyforge/core/tokens/usage'
import { buildModelsServer } from '@tallyforge/sandbox/models-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Env, readEnv } from '../env.ts'
import { untilEnded } from '../testing/generations.ts'
import { useTestApp } from '../testing/test-app.ts'
import { callModel, type ModelCall } from './call.ts'
import { createCatalog } from './catalog.ts'

const sandbox = buildModelsServer({ paceMs: 0 })
let url = ''
beforeAll(async () => {
  url = `${await sandbox.listen({ host: '127.0.0.1', port: 0 })}/v1`
})
afterAll(() => sandbox.close())

function envWith(settings: Record<string, string>): Env {
  return readEnv({
    DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
    SECRET_KEY: 'x'.repeat(32),
    ...settings,
  })
}

function call(
  env: Env,
  id: string,
  options: Partial<Pick<ModelCall, 'system' | 'messages' | 'maxOutputTokens' | 'signal'>> & {
    firstByteMs?: number
    fallback?: string
  } = {},
) {
  const catalog = createCatalog(env)
  let text = ''
  const result = callModel({
    model: catalog.find(id),
    fallback: options.fallback === undefined ? null : catalog.find(options.fallback),
    system: options.system ?? 'Be brief.',
    messages: options.messages ?? [{ role: 'user', content: '<request>\nSort lines\n</request>' }],
    maxOutputTokens: options.maxOutputTokens ?? 8_000,
    timeouts: { firstByteMs: options.firstByteMs ?? 5_000, idleMs: 2_000, totalMs: 20_000 },
    signal: options.signal ?? new AbortController().signal,
    onText: (piece) => {
      text += piece
    },
  })
  return result.then((ended) => ({ ...ended, text }))
}

const providers = [
  ['openrouter', { OPENROUTER_API_KEY: 'k', OPENROUTER_BASE_URL: '@' }],
  ['anthropic', { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: '@' }],
  ['openai', { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: '@' }],
  ['xai', { XAI_API_KEY: 'k', XAI_BASE_URL: '@' }],
  ['ollama', { OLLAMA_BASE_URL: '@' }],
  ['custom', { OPENAI_COMPATIBLE_BASE_URL: '@', OPENAI_COMPATIBLE_API_KEY: 'k' }],
] as const

/** Settings under which the provider is the sandbox and offers this model. */
function envOf(settings: Record<string, string>, id: string): Env {
  const own = Object.entries(settings).map(([name, value]) => [name, value === '@' ? url : value])
  return envWith({ ...Object.fromEntries(own), MODELS: id })
}

/** How many calls the sandbox counts while this happens. */
async function callsDuring(work: () => Promise<unknown>): Promise<number> {
  const requests = () =>
    sandbox.inject('/_sandbox/stats').then((response) => response.json().requests as number)
  const before = await requests()
  await work()
  return (await requests()) - before
}

describe.each(providers)('%s', (provider, settings) => {
  test('streams text and reports usage', async () => {
    const id = `${provider}/template-writer`
    const result = await call(envOf(settings, id), id)
    expect(result).toMatchObject({ end: 'finished', started: true, failure: null, model: { id } })
    expect(result.text).toContain('<file path="src/extension.ts">')
    expect(result.reported).toMatchObject({ input: 10, output: Math.ceil(result.text.length / 4) })
  })

  test('a stream that ends without saying why has failed', async () => {
    const id = `${provider}/fin`
    const result = await call(envOf(settings, id), id)
    expect(result).toMatchObject({
      end: 'failed',
      started: true,
      failure: { reason: 'The connection to the model broke.', status: null },
    })
  })

  test('an answer that ends at the limit is cut off, and finished', async () => {
    const id = `${provider}/template-writer`
    const result = await call(envOf(settings, id), id, { maxOutputTokens: 100 })
    expect(result).toMatchObject({ end: 'finished', isCutOff: true, outputCharacters: 400 })
    expect(result.reported).toMatchObject({ output: 100 })
  })

  test('what was cached is part of the input, and counted once', async () => {
    const id = `${provider}/template-writer`
    const told = { system: provider.padEnd(50, '.'), known: 'k'.repeat(850), asked: 'Sort lines' }
    const ask = () =>
      call(envOf(settings, id), id, {
        system: told.system,
        messages: [
          { role: 'user', content: 'Sort words' },
          {
            role: 'assistant',
            content: told.known,
            // Anthropic caches what it is told to, the others what they like.
            providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } },
          },
          { role: 'user', content: told.asked },
        ],
      })
    // 50 + 10 + 850 characters, and 10 more that no earlier call had.
    expect((await ask()).reported).toMatchObject({ input: 230, cachedInput: 0 })
    const again = await ask()
    expect(again.reported).toMatchObject({ input: 230, cachedInput: 228 })
    const { usage, isEstimated } = countUsage({ ...again, inputCharacters: 920 })
    expect(isEstimated).toBe(false)
    expect(costOf(usage, { input: 1_000n, cachedInput: 1n, output: 0n })).toBe(2n * 1_000n + 228n)
  })
})

describe('Anthropic', () => {
  const ask = (own: string) =>
    call(envOf({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: '@' }, `anthropic/${own}`), `anthropic/${own}`)

  test('an error in the middle is a failure, and what came before it is counted', async () => {
    const calls = await callsDuring(async () => {
      const result = await ask('midstream-error')
      expect(result).toMatchObject({ end: 'failed', started: true, failure: { status: 529 } })
      expect(result.outputCharacters).toBe(result.text.length)
      expect(result.text).toContain('<file path="package.json">')
      expect(countUsage({ ...result, inputCharacters: 40 })).toEqual({
        usage: { input: 10, cachedInput: 0, output: Math.ceil(result.text.length / 4) },
        isEstimated: true,
      })
    })
    expect(calls).toBe(1)
  })

  test.each([
    ['429', 429],
    ['529', 529],
    // Overloaded after "200 OK", before any text.
    ['early-error', 529],
  ])('%s: a busy provider is asked once more', async (own, status) => {
    const calls = await callsDuring(async () => {
      const result = await ask(own)
      expect(result).toMatchObject({ end: 'failed', started: false })
      expect(result.failure).toMatchObject({ status, reason: expect.stringContaining('is busy') })
      expect(countUsage({ ...result, inputCharacters: 40 }).usage).toEqual(noUsage)
    })
    expect(calls).toBe(2)
  })

  test('a refused key is not tried again', async () => {
    const calls = await callsDuring(async () => {
      expect((await ask('401')).failure).toMatchObject({
        status: 401,
        reason: expect.stringContaining('refused our key'),
      })
    })
    expect(calls).toBe(1)
  })

  test.each(['nousage', 'liar'])('%s: figures that make no sense are not believed', async (own) => {
    const result = await ask(own)
    expect(countUsage({ ...result, inputCharacters: 40 })).toEqual({
      usage: { input: 10, cachedInput: 0, output: Math.ceil(result.text.length / 4) },
      isEstimated: true,
    })
  })
})

describe('one answer', () => {
  const env = () => envWith({ SANDBOX_MODELS_URL: url })

  test('a busy provider is asked once more, a broken stream never', async () => {
    for (const [id, asked] of [
      ['sandbox/429', 2],
      ['sandbox/500', 2],
      ['sandbox/401', 1],
      ['sandbox/cut', 1],
    ] as const) {
      const calls = await callsDuring(async () => expect((await call(env(), id)).end, id).toBe('failed'))
      expect(calls, id).toBe(asked)
    }
  })

  test('the fallback takes over before the first byte, and not after it', async () => {
    const before = await call(env(), 'sandbox/401', { fallback: 'sandbox/template-writer' })
    expect(before).toMatchObject({ end: 'finished', model: { id: 'sandbox/template-writer' } })
    const after = await call(env(), 'sandbox/cut', { fallback: 'sandbox/template-writer' })
    expect(after).toMatchObject({ end: 'failed', started: true, model: { id: 'sandbox/cut' } })
  })

  test('an abort ends it at once, as aborted', async () => {
    const controller = new AbortController()
    const running = call(env(), 'sandbox/hang', { signal: controller.signal })
    setTimeout(() => controller.abort('canceled'), 50)
    expect(await running).toMatchObject({ end: 'aborted', started: false, failure: null })
  })

  test('a model that does not begin is given up with words for people', async () => {
    const result = await call(env(), 'sandbox/hang', { firstByteMs: 100 })
    expect(result).toMatchObject({
      end: 'failed',
      failure: { reason: 'The model did not begin to answer in time.' },
    })
  })
})

describe('what is offered', () => {
  test('real models come first, and misbehaving ones are never listed', () => {
    const catalog = createCatalog(envWith({ SANDBOX_MODELS_URL: url, ANTHROPIC_API_KEY: 'k' }))
    expect(catalog.ids).toEqual(['anthropic/claude-sonnet-4-5', 'sandbox/template-writer'])
  })

  test('production knows only what is listed', () => {
    const catalog = createCatalog(
      envWith({ NODE_ENV: 'production', SANDBOX_MODELS_URL: url, ALLOW_SANDBOX: 'true' }),
    )
    expect(() => catalog.find('sandbox/liar')).toThrow(/not offered/)
  })
})

describe('a fallback in a generation', () => {
  const app = useTestApp({ env: { MODEL_FALLBACK: 'sandbox/template-writer' } })

  test('makes the plugin, is named in the usage record, and is charged once', async () => {
    const maker = await app.current.person()
    const { id } = await maker.client.plugins.generate.mutate({
      orgId: maker.orgId,
      operationId: randomUUID(),
      prompt: 'Sort lines',
      model: 'sandbox/500',
    })
    const done = await untilEnded(maker, id)
    expect(done.state).toBe('succeeded')
    const calls = await app.current.database.admin`select model, outcome from app.usage_records`
    expect(calls).toEqual([{ model: 'sandbox/template-writer', outcome: 'finished' }])
    const { balance } = await maker.client.tokens.balance.query({ orgId: maker.orgId })
    expect(10_000_000_000n - balance).toBe(done.cost?.charged)
  })
})
