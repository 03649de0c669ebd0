import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { callCounter } from './call-stats.ts'
import { type ChatRequest, chatRequest, messagesOf } from './chat-request.ts'
import { completionOf } from './completion.ts'
import { type Delivery, deliver, type Outcome, silence } from './delivery.ts'
import { event, eventFrames, jsonFrames } from './frames.ts'
import { findModel, type Model, offeredModels } from './models.ts'
import { prefixMemory } from './prefix-memory.ts'
import { refusal, sendRefusal } from './refusal.ts'
import { readConversation } from './writer/conversation.ts'

export type ModelsServerOptions = {
  /** Milliseconds between two pieces of a streamed answer. */
  paceMs?: number
  /** Whether the misbehaving models are on offer. */
  misbehaviour?: boolean
}

const defaultPaceMs = 18
const slowPaceMs = 400
const maxBodyBytes = 32 * 1024 * 1024
/** Far enough to be inside a file, near enough for a test not to wait. */
const framesBeforeFault = 40

/** An OpenAI-compatible server in front of the template writer, which is not an AI model. */
export function buildModelsServer(options: ModelsServerOptions = {}): FastifyInstance {
  const { paceMs = defaultPaceMs, misbehaviour = true } = options
  const server = Fastify({ bodyLimit: maxBodyBytes, forceCloseConnections: true })
  const offered = offeredModels(misbehaviour)
  const counter = callCounter()
  const memory = prefixMemory()
  let calls = 0

  server.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const isTheirs = error.statusCode !== undefined && error.statusCode < 500
    return sendRefusal(reply, isTheirs ? refusal.unreadable(error.statusCode ?? 400) : refusal.broken)
  })
  server.setNotFoundHandler((_request, reply) => sendRefusal(reply, refusal.noRoute))

  server.get('/healthz', () => ({ status: 'ok' }))
  server.get('/_sandbox/stats', () => counter.stats())
  server.get('/v1/models', () => ({
    object: 'list',
    data: offered.map(({ id, name }) => ({
      id,
      name,
      object: 'model',
      created: 0,
      owned_by: 'tallyforge-sandbox',
    })),
  }))

  server.post('/v1/chat/completions', async (request, reply) => {
    const parsed = chatRequest.safeParse(request.body)
    if (!parsed.success) return sendRefusal(reply, refusal.invalid(parsed.error.issues[0]))
    const model = findModel(offered, parsed.data.model)
    if (!model) return sendRefusal(reply, refusal.unknownModel(parsed.data.model))

    counter.count(model.id, 'requests')
    calls += 1
    const outcome = await answer({ model, body: parsed.data, reply, call: calls })
    if (outcome !== 'broken') counter.count(model.id, outcome)
    return reply
  })

  type Call = { model: Model; body: ChatRequest; reply: FastifyReply; call: number }

  async function answer({ model, body, reply, call }: Call): Promise<Outcome> {
    if (model.status !== undefined) {
      sendRefusal(reply, refusal.status[model.status])
      return 'completed'
    }
    reply.hijack()
    if (model.transport === 'hang') return silence(reply.raw)
    return deliver(reply.raw, deliveryOf(model, body, `chatcmpl-sandbox-${call}`))
  }

  function deliveryOf(model: Model, body: ChatRequest, id: string): Delivery {
    const messages = messagesOf(body)
    const completion = completionOf(model, body, {
      characters: messages.reduce((sum, { text }) => sum + text.length, 0),
      cached: memory.recall(messages),
      conversation: readConversation(messages),
    })
    const head = { id, model: model.id, created: Math.floor(Date.now() / 1000) }
    const isStream = body.stream === true
    const frames = isStream
      ? eventFrames(head, completion, body.stream_options?.include_usage === true)
      : jsonFrames(head, completion)
    return withFault(model, isStream, {
      frames,
      contentType: isStream ? 'text/event-stream; charset=utf-8' : 'application/json; charset=utf-8',
      paceMs: model.text === 'huge' ? 0 : paceMs,
      ending: 'end',
    })
  }

  return server
}

/** The delivery as a misbehaving transport spoils it; a JSON answer has two frames, and one is the middle. */
function withFault(model: Model, isStream: boolean, delivery: Delivery): Delivery {
  const frameLimit = isStream ? framesBeforeFault : 1
  switch (model.transport) {
    case 'slow':
      return { ...delivery, paceMs: slowPaceMs }
    case 'hang-headers':
      return { ...delivery, frameLimit: 0, ending: 'silence' }
    case 'stall':
      return { ...delivery, frameLimit, ending: 'silence' }
    case 'cut':
      return { ...delivery, frameLimit, ending: 'reset' }
    case 'fin':
      return { ...delivery, frameLimit }
    case 'garbage':
      return { ...delivery, frames: interrupted(delivery.frames, frameLimit, '{"choices":[{"delta":{"cont') }
    case 'midstream-error':
      return {
        ...delivery,
        frames: interrupted(delivery.frames, frameLimit, JSON.stringify(refusal.midstream)),
      }
    default:
      return delivery
  }
}

/** The first frames, then an event that doesn't belong there, then the end. */
function* interrupted(frames: Iterable<string>, limit: number, text: string): Generator<string> {
  let sent = 0
  for (const frame of frames) {
    if (sent === limit) break
    yield frame
    sent += 1
  }
  yield event(text)
}
