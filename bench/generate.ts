import { randomUUID } from 'node:crypto'
import { createClient } from '@tallyforge/client/client'
import { EventSource } from 'eventsource'
import { publish, spread } from './figures.ts'
import { headersOf, type Part, signUp, startStack } from './stack.ts'

const runs = 20
const prompt = 'Show the word count in the status bar'

/** The model's own first token: straight to the model, milliseconds. */
async function direct(sandbox: Part): Promise<number> {
  const startedAt = performance.now()
  const response = await fetch(`${sandbox.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'template-writer',
      stream: true,
      messages: [{ role: 'user', content: `<request>\n${prompt}\n</request>` }],
    }),
  })
  const reader = response.body?.getReader()
  let text = ''
  while (reader !== undefined) {
    const { done, value } = await reader.read()
    text += Buffer.from(value ?? []).toString('utf8')
    if (done || /"content":"[^"]/.test(text)) break
  }
  const elapsed = performance.now() - startedAt
  await reader?.cancel()
  return elapsed
}

/** From submitting a prompt to its first streamed text on a page that watches, milliseconds. */
async function throughUs(api: Part): Promise<number> {
  const { cookie, orgId } = await signUp(api)
  const headers = headersOf(api, cookie)
  const client = createClient({
    url: `${api.url}/trpc`,
    headers: () => headers,
    EventSource: class extends EventSource {
      constructor(url: string | URL) {
        super(url, {
          fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
        })
      }
    },
  })
  const startedAt = performance.now()
  const generation = await client.plugins.generate.mutate({
    orgId,
    operationId: randomUUID(),
    prompt,
    model: 'sandbox/template-writer',
  })
  const elapsed = await new Promise<number>((resolve, reject) => {
    const subscription = client.plugins.watch.subscribe(
      { orgId, pluginId: generation.pluginId },
      {
        onData: ({ data }) => {
          if (data.type !== 'event' || (data.event.type !== 'prose' && data.event.type !== 'file-text'))
            return
          resolve(performance.now() - startedAt)
          subscription.unsubscribe()
        },
        onError: reject,
      },
    )
  })
  await client.plugins.cancel.mutate({ orgId, generationId: generation.id })
  return elapsed
}

const stack = await startStack({ paceMs: 18 })
try {
  // One of each to warm up.
  await direct(stack.sandbox)
  await throughUs(stack.api)
  const [alone, ours]: [number[], number[]] = [[], []]
  for (let run = 0; run < runs; run++) {
    alone.push(await direct(stack.sandbox))
    ours.push(await throughUs(stack.api))
  }
  const over = ours.map((value, index) => value - (alone[index] ?? 0))
  await publish('generate', [
    { what: 'the model’s own first token, ms', measured: spread(alone, 1) },
    { what: 'submit to first streamed text, ms', measured: spread(ours, 1) },
    { what: 'ours over the model’s own, ms', measured: spread(over, 1), goal: '≤ 300' },
  ])
} finally {
  await stack.stop()
}
