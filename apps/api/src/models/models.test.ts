import { randomUUID } from 'node:crypto'
import { buildModelsServer } from '@tallyforge/sandbox/models-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Env, readEnv } from '../env.ts'
import { untilEnded } from '../testing/generations.ts'
import { useTestApp } from '../testing/test-app.ts'
import { callModel } from './call.ts'
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
  options: { signal?: AbortSignal; firstByteMs?: number; fallback?: string } = {},
) {
  const catalog = createCatalog(env)
  let text = ''
  const result = callModel({
    model: catalog.find(id),
    fallback: options.fallback === undefined ? null : catalog.find(options.fallback),
    system: 'Be brief.',
    messages: [{ role: 'user', content: '<request>\nSort lines\n</request>' }],
    maxOutputTokens: 8_000,
    timeouts: { firstByteMs: options.firstByteMs ?? 5_000, idleMs: 2_000, totalMs: 20_000 },
    signal: options.signal ?? new AbortController().signal,
    onText: (piece) => {
      text += piece
    },
  })
  return result.then((ended) => ({ ...ended, text }))
}

describe('every provider that speaks the chat protocol', () => {
  test.each([
    ['openrouter', { OPENROUTER_API_KEY: 'k', OPENROUTER_BASE_URL: '@' }],
    ['openai', { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: '@' }],
    ['xai', { XAI_API_KEY: 'k', XAI_BASE_URL: '@' }],
    ['ollama', { OLLAMA_BASE_URL: '@' }],
    ['custom', { OPENAI_COMPATIBLE_BASE_URL: '@', OPENAI_COMPATIBLE_API_KEY: 'k' }],
  ])('%s streams text and reports usage', async (provider, settings) => {
    const id = `${provider}/template-writer`
    const own = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, value === '@' ? url : value]),
    )
    const result = await call(envWith({ ...own, MODELS: id }), id)
    expect(result).toMatchObject({ end: 'finished', started: true, failure: null, model: { id } })
    expect(result.text).toContain('<file path="src/extension.ts">')
    expect(result.reported).toMatchObject({ input: expect.any(Number), output: expect.any(Number) })
  })
})

describe('one answer', () => {
  const env = () => envWith({ SANDBOX_MODELS_URL: url })

  test('a busy provider is asked once more, a broken stream never', async () => {
    const requests = () =>
      sandbox.inject('/_sandbox/stats').then((response) => response.json().requests as number)
    for (const [id, asked] of [
      ['sandbox/429', 2],
      ['sandbox/500', 2],
      ['sandbox/401', 1],
      ['sandbox/cut', 1],
    ] as const) {
      const before = await requests()
      expect((await call(env(), id)).end, id).toBe('failed')
      expect((await requests()) - before, id).toBe(asked)
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
