import { expect, it } from 'vitest'
import { buildModelsServer } from '../models-server.ts'
import { readFiles } from '../writer/protocol.ts'

const marked = { type: 'ephemeral' }

it('streams one block of text in the order of the protocol', async () => {
  const { events, text } = await stream({})
  const types = events.map((event) => event.data.type)
  expect(types.slice(0, 3)).toEqual(['message_start', 'content_block_start', 'ping'])
  expect(new Set(types.slice(3, -3))).toEqual(new Set(['content_block_delta']))
  expect(types.slice(-3)).toEqual(['content_block_stop', 'message_delta', 'message_stop'])
  expect(events.map((event) => event.name)).toEqual(types)
  expect(events[0]?.data.message).toMatchObject({
    type: 'message',
    role: 'assistant',
    model: 'sandbox/template-writer',
    content: [],
    stop_reason: null,
  })
  expect(events.at(-2)?.data.delta).toEqual({ stop_reason: 'end_turn', stop_sequence: null })
  expect(Object.keys(readFiles(text))).toContain('src/word-count.ts')
})

it('answers without a stream, with the same text and the same usage', async () => {
  const { text, usage } = await stream({})
  const { body, headers } = await post({})
  expect(body).toMatchObject({
    id: expect.stringMatching(/^msg_/),
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage,
  })
  expect(headers['request-id']).toMatch(/^req_/)
})

it('counts the prompt at the start and the whole answer at the end', async () => {
  const { events, text, usage } = await stream({ system: 'Be brief.' })
  const input = {
    input_tokens: Math.ceil('Be brief.word count'.length / 4),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
  }
  expect(events[0]?.data.message?.usage).toEqual({ ...input, output_tokens: 1 })
  expect(usage).toEqual({ ...input, output_tokens: Math.ceil(text.length / 4) })
})

it('stops at max_tokens', async () => {
  const { events, text, usage } = await stream({ max_tokens: 100 })
  expect(text).toHaveLength(400)
  expect(usage).toMatchObject({ output_tokens: 100 })
  expect(events.at(-2)?.data.delta).toMatchObject({ stop_reason: 'max_tokens' })
})

it('reads texts in blocks as it reads them in one piece', async () => {
  const files = '<current-files>\n<file path="a.md">\nhello\n</file>\n</current-files>'
  const request = '\n\n<request>\nword count\n</request>'
  const whole = await post({ system: 'Be brief.', messages: [{ role: 'user', content: files + request }] })
  const blocks = await post({
    system: [text('Be '), text('brief.')],
    messages: [{ role: 'user', content: [text(files), text(request)] }],
  })
  expect(blocks.body).toEqual({ ...whole.body, id: expect.anything() })
})

it('caches up to a marked block, reads it again from any longer prompt, and adds up', async () => {
  const ask = asking()
  const system = [text('s'.repeat(999), marked)]
  const first = { role: 'user', content: 'a'.repeat(90) }
  const answered = [first, { role: 'assistant', content: 'b'.repeat(70) }]
  const last = (mark?: object) => ({ role: 'user', content: [text('c'.repeat(30), mark)] })
  // 999 characters are 250 tokens, 999 + 90 are 273, 999 + 190 are 298.
  expect(await ask({ system, messages: [first] })).toEqual([23, 250, 0])
  expect(await ask({ system, messages: [first] })).toEqual([23, 0, 250])
  expect(await ask({ system: [text('s'.repeat(999))], messages: [first] })).toEqual([273, 0, 0])
  expect(await ask({ system, messages: [...answered, last(marked)] })).toEqual([0, 48, 250])
  expect(await ask({ system, messages: [...answered, last()] })).toEqual([48, 0, 250])
  expect(await ask({ cache_control: marked, system, messages: [...answered, last()] })).toEqual([0, 0, 298])
  expect(await ask({ system: [text('t'.repeat(999), marked)], messages: [first] })).toEqual([23, 250, 0])
})

it('keeps nothing of what the other protocol was told', async () => {
  const server = buildModelsServer({ paceMs: 0 })
  const messages = [
    { role: 'user', content: 'a'.repeat(400) },
    { role: 'user', content: 'word count' },
  ]
  const model = 'template-writer'
  await server.inject({ method: 'POST', url: '/v1/chat/completions', payload: { model, messages } })
  const { body } = await post({ messages, cache_control: marked }, {}, server)
  expect(body.usage).toMatchObject({ cache_read_input_tokens: 0, cache_creation_input_tokens: 103 })
})

it('lies about its usage, or says zero where the protocol leaves no silence', async () => {
  expect((await stream({ model: 'liar' })).usage).toMatchObject({ input_tokens: -5, output_tokens: 1e15 })
  expect((await stream({ model: 'nousage' })).usage).toMatchObject({ input_tokens: 0, output_tokens: 0 })
})

it.each([
  ['401', 401, 'authentication_error'],
  ['429', 429, 'rate_limit_error'],
  ['500', 500, 'api_error'],
  ['529', 529, 'overloaded_error'],
])('refuses with %s', async (model, status, type) => {
  const { body, headers, ...answer } = await post({ model, stream: true })
  expect(answer.status).toBe(status)
  expect(body).toEqual({
    type: 'error',
    error: { type, message: expect.any(String) },
    request_id: headers['request-id'],
  })
  expect(headers['retry-after']).toBe(status === 429 ? '1' : undefined)
})

it.each([
  [{ model: 'claude-9' }, 404, 'not_found_error', 'does not exist'],
  [{ max_tokens: undefined }, 400, 'invalid_request_error', 'max_tokens'],
  [{ max_tokens: 0 }, 400, 'invalid_request_error', 'max_tokens'],
  [{ messages: [] }, 400, 'invalid_request_error', 'messages'],
  [{ messages: [{ role: 'system', content: 'x' }] }, 400, 'invalid_request_error', 'messages.0.role'],
  [{ messages: [{ role: 'user', content: '' }] }, 400, 'invalid_request_error', 'messages.0.content'],
  [
    { messages: [{ role: 'user', content: [{ type: 'image' }] }] },
    400,
    'invalid_request_error',
    'messages.0',
  ],
  [
    { system: Array.from({ length: 5 }, () => text('x', marked)) },
    400,
    'invalid_request_error',
    'maximum of 4',
  ],
])('refuses %j', async (asked, status, type, message) => {
  const answer = await post(asked)
  expect(answer.status).toBe(status)
  expect(answer.body.error).toEqual({ type, message: expect.stringContaining(message) })
})

it.each([
  [{ 'x-api-key': '' }, 401, 'authentication_error'],
  [{ 'anthropic-version': '' }, 400, 'invalid_request_error'],
  [{ 'anthropic-version': '2023-01-01' }, 400, 'invalid_request_error'],
  [{ 'content-length': String(33 * 1024 * 1024) }, 413, 'request_too_large'],
])('refuses the headers %j', async (headers, status, type) => {
  const answer = await post({}, headers)
  expect(answer.status).toBe(status)
  expect(answer.body).toMatchObject({
    type: 'error',
    error: { type },
    request_id: answer.headers['request-id'],
  })
})

it('speaks its own words below its own address', async () => {
  const answer = await buildModelsServer().inject({ method: 'POST', url: '/v1/messages/batches' })
  expect(answer.json()).toMatchObject({ type: 'error', error: { type: 'not_found_error' } })
})

it('says that it is overloaded in the middle of a stream, or instead of one', async () => {
  const middle = await stream({ model: 'midstream-error' })
  expect(middle.events.slice(0, -1).map((event) => event.name)).toContain('content_block_delta')
  expect(middle.events.at(-1)).toMatchObject({
    name: 'error',
    data: { type: 'error', error: { type: 'overloaded_error' }, request_id: expect.stringMatching(/^req_/) },
  })
  expect(middle.events.some((event) => event.name === 'message_stop')).toBe(false)
  expect((await stream({ model: 'early-error' })).events.map((event) => event.name)).toEqual(['error'])
})

it('breaks an event off in the middle', async () => {
  await expect(stream({ model: 'garbage' })).rejects.toThrow(SyntaxError)
})

type Usage = Record<
  'input_tokens' | 'cache_creation_input_tokens' | 'cache_read_input_tokens' | 'output_tokens',
  number
>
type Body = { usage: Usage; error: { type: string; message: string } }
type Event = {
  name: string
  data: {
    type: string
    message?: { usage: Usage }
    delta?: { text?: string; stop_reason?: string }
    usage?: Usage
  }
}

function text(content: string, cacheControl?: object) {
  return { type: 'text', text: content, ...(cacheControl ? { cache_control: cacheControl } : {}) }
}

/** Calls of one server; each answers with what was read anew, what is kept from now on, and what was known. */
function asking() {
  const server = buildModelsServer({ paceMs: 0 })
  return async (asked: object) => {
    const { usage } = (await post(asked, {}, server)).body
    return [usage.input_tokens, usage.cache_creation_input_tokens, usage.cache_read_input_tokens]
  }
}

async function send(
  asked: object,
  headers: Record<string, string>,
  server = buildModelsServer({ paceMs: 0 }),
) {
  return server.inject({
    method: 'POST',
    url: '/v1/messages',
    headers: { 'x-api-key': 'k', 'anthropic-version': '2023-06-01', ...headers },
    payload: {
      model: 'template-writer',
      max_tokens: 8_000,
      messages: [{ role: 'user', content: 'word count' }],
      ...asked,
    },
  })
}

async function post(
  asked: object,
  headers: Record<string, string> = {},
  server = buildModelsServer({ paceMs: 0 }),
) {
  const answer = await send(asked, headers, server)
  return { status: answer.statusCode, headers: answer.headers, body: answer.json<Body>() }
}

async function stream(asked: object) {
  const answer = await send({ stream: true, ...asked }, {})
  expect(answer.headers['content-type']).toContain('text/event-stream')
  const events = answer.body
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event): Event => {
      const [, name = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? []
      return { name, data: JSON.parse(data) }
    })
  return {
    events,
    text: events.map(({ data }) => data.delta?.text ?? '').join(''),
    usage: events.find(({ name }) => name === 'message_delta')?.data.usage,
  }
}
