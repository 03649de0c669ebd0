import type { FastifyInstance } from 'fastify'
import { afterEach, expect, it } from 'vitest'
import { buildModelsServer, type ModelsServerOptions } from './models-server.ts'
import { readFiles } from './writer/protocol.ts'

const servers: FastifyInstance[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

it('lists the models as what they are', async () => {
  const url = await start()
  const { data } = await json(await fetch(`${url}/v1/models`))
  expect(data[0]).toMatchObject({ id: 'sandbox/template-writer', name: 'Template writer (not an AI model)' })
  expect(data).toHaveLength(25)
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' })
})

it('leaves out the misbehaving models when told to', async () => {
  const url = await start({ misbehaviour: false })
  const { data } = await json(await fetch(`${url}/v1/models`))
  expect(data).toHaveLength(1)
  expect((await call(url, { model: 'sandbox/slow' })).status).toBe(404)
})

it('streams a plugin in small pieces, then its usage, then [DONE]', async () => {
  const url = await start()
  const { chunks, raw, text } = await stream(url, { stream_options: { include_usage: true } })
  expect(raw.endsWith('data: [DONE]\n\n')).toBe(true)
  expect(Object.keys(readFiles(text))).toContain('src/word-count.ts')
  expect(
    Math.max(...chunks.map((chunk) => (chunk.choices[0]?.delta.content ?? '').length)),
  ).toBeLessThanOrEqual(24)
  expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop')
  expect(chunks.at(-1)).toMatchObject({
    choices: [],
    usage: {
      prompt_tokens: 3,
      completion_tokens: Math.ceil(text.length / 4),
      prompt_tokens_details: { cached_tokens: 0 },
    },
  })
})

it('answers without a stream, too, and without the prefix of its id', async () => {
  const url = await start()
  const body = await json(await call(url, { model: 'template-writer' }))
  expect(body).toMatchObject({ object: 'chat.completion', model: 'sandbox/template-writer' })
  expect(body.choices[0]?.finish_reason).toBe('stop')
  expect(readFiles(body.choices[0]?.message.content ?? '')['package.json']).toContain(
    '"displayName": "Word Count"',
  )
  expect(body.usage.total_tokens).toBe(body.usage.prompt_tokens + body.usage.completion_tokens)
})

it('sends no usage chunk unless it is asked for', async () => {
  const { chunks } = await stream(await start())
  expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false)
})

it('stops at max_tokens', async () => {
  const { chunks, text } = await stream(await start(), { max_tokens: 100 })
  expect(text).toHaveLength(400)
  expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('length')
})

it('counts the beginning that an earlier call shared as cached', async () => {
  const url = await start()
  const files = '<current-files>\n<file path="a.md">\nhello\n</file>\n</current-files>'
  const ask = async (system: string, request: string) => {
    const messages = [
      { role: 'system', content: system },
      { role: 'user', content: [{ type: 'text', text: `${files}\n\n<request>\n${request}\n</request>` }] },
    ]
    return (await json(await call(url, { messages }))).usage.prompt_tokens_details.cached_tokens
  }
  const system = 's'.repeat(1000)
  expect(await ask(system, 'first')).toBe(0)
  expect(await ask(system, 'second')).toBe(Math.ceil((1000 + files.length) / 4))
  expect(await ask('another', 'second')).toBe(0)
})

it('notices at once when the client goes away', async () => {
  const url = await start({ paceMs: 5 })
  const controller = new AbortController()
  const response = await call(url, { stream: true }, controller.signal)
  await response.body?.getReader().read()
  controller.abort()
  await expect.poll(() => stats(url)).toMatchObject({ requests: 1, aborted: 1, completed: 0 })
  await stream(url)
  expect(await stats(url)).toEqual({
    requests: 2,
    aborted: 1,
    completed: 1,
    byModel: { 'sandbox/template-writer': { requests: 2, aborted: 1, completed: 1 } },
  })
})

it.each(['hang', 'hang-headers', 'stall', 'slow'])(
  'never finishes with %s in the time of a test',
  async (model) => {
    const url = await start()
    const controller = new AbortController()
    let hasHeaders = false
    let received = ''
    const reading = (async () => {
      const response = await call(url, { model: `sandbox/${model}`, stream: true }, controller.signal)
      hasHeaders = true
      for await (const bytes of response.body ?? []) received += Buffer.from(bytes).toString()
      return 'ended'
    })().catch(() => 'aborted')
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect(hasHeaders).toBe(model !== 'hang')
    const pieces = received.split('data: ').length - 1
    const expected: Record<string, number> = { hang: 0, 'hang-headers': 0, stall: 40, slow: 1 }
    expect(pieces).toBe(expected[model])
    controller.abort()
    expect(await reading).toBe('aborted')
    await expect.poll(() => stats(url)).toMatchObject({ aborted: 1 })
  },
)

it('cuts the connection in the middle of a file', async () => {
  const url = await start()
  let received = ''
  const response = await call(url, { model: 'sandbox/cut', stream: true })
  const reading = (async () => {
    for await (const bytes of response.body ?? []) received += Buffer.from(bytes).toString()
  })()
  await expect(reading).rejects.toThrow()
  expect(textOf(chunksOf(received))).not.toContain('</file>')
  expect(await stats(url)).toMatchObject({ requests: 1, aborted: 0, completed: 0 })
})

it('ends a stream without a finish reason', async () => {
  const { chunks, raw, text } = await stream(await start(), { model: 'sandbox/fin' })
  expect(raw).not.toContain('[DONE]')
  expect(text).toContain('<file path="package.json">')
  expect(chunks.every((chunk) => chunk.choices[0]?.finish_reason === null)).toBe(true)
})

it('writes a plugin that does not type check, on repairs too', async () => {
  const url = await start()
  for (const messages of [question(), repairing()]) {
    const { text } = await stream(url, { model: 'sandbox/invalid', messages })
    expect(readFiles(text)['src/extension.ts']).toContain("brokenOnPurpose: number = 'this")
  }
})

it('repairs what the fixable model broke', async () => {
  const url = await start()
  const first = readFiles((await stream(url, { model: 'sandbox/fixable' })).text)
  expect(first['src/extension.ts']).toContain('brokenOnPurpose')
  const second = readFiles((await stream(url, { model: 'sandbox/fixable', messages: repairing() })).text)
  const good = readFiles((await stream(url)).text)
  expect(second).toEqual({ 'src/extension.ts': good['src/extension.ts'] })
})

it('declares a command that no code registers', async () => {
  const { text } = await stream(await start(), { model: 'sandbox/unregistered' })
  expect(readFiles(text)['package.json']).toContain('sandbox.neverRegistered')
  expect(readFiles(text)['src/extension.ts']).toContain('activateWordCount(context)')
})

it('writes prose without files', async () => {
  const { text } = await stream(await start(), { model: 'sandbox/prose' })
  expect(readFiles(text)).toEqual({})
  expect(text).toContain('not an AI model')
})

it('writes paths that leave the folder', async () => {
  const { text } = await stream(await start(), { model: 'sandbox/traversal' })
  for (const path of ['../evil.ts', '/tmp/evil.ts', '__proto__'])
    expect(text).toContain(`<file path="${path}">\n`)
})

it('streams thirty megabytes to a reader that takes them, and stops for one that leaves', async () => {
  const url = await start()
  const response = await call(url, { model: 'sandbox/huge', stream: true })
  let bytes = 0
  for await (const piece of response.body ?? []) bytes += piece.length
  expect(bytes).toBeGreaterThan(30_000_000)
  const controller = new AbortController()
  const left = await call(url, { model: 'sandbox/huge', stream: true }, controller.signal)
  await left.body?.getReader().read()
  controller.abort()
  await expect.poll(() => stats(url)).toMatchObject({ completed: 1, aborted: 1 })
})

it('lies about its usage, or keeps silent about it', async () => {
  const url = await start()
  const options = { stream_options: { include_usage: true } }
  const liar = await stream(url, { model: 'sandbox/liar', ...options })
  expect(liar.chunks.at(-1)?.usage).toMatchObject({ prompt_tokens: -5, completion_tokens: 1e15 })
  const silent = await stream(url, { model: 'sandbox/nousage', ...options })
  expect(silent.chunks.some((chunk) => chunk.usage)).toBe(false)
  expect(silent.raw).toContain('[DONE]')
})

it.each([
  ['401', 401, 'invalid_api_key'],
  ['429', 429, 'rate_limit_exceeded'],
  ['500', 500, null],
])('refuses with %s', async (model, status, code) => {
  const response = await call(await start(), { model: `sandbox/${model}`, stream: true })
  expect(response.status).toBe(status)
  expect((await json(response)).error.code).toBe(code)
  expect(response.headers.get('retry-after')).toBe(status === 429 ? '1' : null)
})

it('answers with a page where JSON is expected', async () => {
  const response = await call(await start(), { model: 'sandbox/html' })
  expect(response.status).toBe(502)
  expect(response.headers.get('content-type')).toContain('text/html')
  expect(await response.text()).toContain('<h1>Bad Gateway</h1>')
})

it('sends an event that is no JSON, or an error, in the middle', async () => {
  const url = await start()
  const garbage = await (await call(url, { model: 'sandbox/garbage', stream: true })).text()
  expect(() => chunksOf(garbage)).toThrow(SyntaxError)
  const broken = await (await call(url, { model: 'sandbox/midstream-error', stream: true })).text()
  expect(broken).toContain('data: {"error":{"message"')
  expect(broken).not.toContain('[DONE]')
})

it.each([
  [{ model: 'gpt-9' }, 404, 'does not exist'],
  [{ messages: [] }, 400, 'messages'],
  [{ messages: [{ role: 'king', content: 'x' }] }, 400, 'messages.0.role'],
  [{ max_tokens: -1 }, 400, 'max_tokens'],
])('refuses %j', async (body, status, message) => {
  const response = await call(await start(), body)
  expect(response.status).toBe(status)
  expect((await json(response)).error.message).toContain(message)
})

it('refuses a body that is no JSON', async () => {
  const headers = { 'content-type': 'application/json' }
  const url = `${await start()}/v1/chat/completions`
  const response = await fetch(url, { method: 'POST', headers, body: '{"model":' })
  expect(response.status).toBe(400)
  expect((await json(response)).error.type).toBe('invalid_request_error')
})

type Body = {
  data: object[]
  choices: { message: { content: string }; finish_reason: string }[]
  usage: Record<'prompt_tokens' | 'completion_tokens' | 'total_tokens', number> & {
    prompt_tokens_details: { cached_tokens: number }
  }
  error: { message: string; type: string; code: string | null }
}

type Chunk = {
  choices: { delta: { content?: string }; finish_reason: string | null }[]
  usage?: object | null
}

async function start(options: ModelsServerOptions = {}): Promise<string> {
  const server = buildModelsServer({ paceMs: 0, ...options })
  servers.push(server)
  return server.listen({ host: '127.0.0.1', port: 0 })
}

function question() {
  return [{ role: 'user', content: 'word count' }]
}

function repairing() {
  const gate = '<gate-messages>\nsrc/extension.ts: error TS2322\n</gate-messages>'
  return [...question(), { role: 'assistant', content: 'files' }, { role: 'user', content: gate }]
}

function call(url: string, body: object, signal?: AbortSignal): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'sandbox/template-writer', messages: question(), ...body }),
    signal: signal ?? null,
  })
}

async function json(response: Response): Promise<Body> {
  return (await response.json()) as Body
}

async function stream(url: string, body: object = {}) {
  const response = await call(url, { stream: true, ...body })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const raw = await response.text()
  const chunks = chunksOf(raw)
  return { raw, chunks, text: textOf(chunks) }
}

function chunksOf(raw: string): Chunk[] {
  const events = raw.split('\n\n').filter((event) => event !== '' && event !== 'data: [DONE]')
  return events.map((event) => JSON.parse(event.slice('data: '.length)))
}

function textOf(chunks: Chunk[]): string {
  return chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')
}

async function stats(url: string): Promise<unknown> {
  return (await fetch(`${url}/_sandbox/stats`)).json()
}
