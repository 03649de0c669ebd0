import Fastify, { type FastifyInstance } from 'fastify'
import { messagesProtocol } from './anthropic/messages-protocol.ts'
import { callCounter } from './call-stats.ts'
import { offeredModels } from './models.ts'
import { chatProtocol } from './openai/chat-protocol.ts'
import type { Protocol } from './protocol.ts'
import { addProtocol, refuse } from './protocol-route.ts'
import { type Refusal, refusals } from './refusal.ts'

export type ModelsServerOptions = {
  /** Milliseconds between two pieces of a streamed answer. */
  paceMs?: number
  /** Whether the misbehaving models are on offer. */
  misbehaviour?: boolean
}

const defaultPaceMs = 18
const maxBodyBytes = 32 * 1024 * 1024
const protocols: readonly Protocol[] = [chatProtocol, messagesProtocol]

/** A server that speaks OpenAI's and Anthropic's protocols in front of the template writer, which is not an AI model. */
export function buildModelsServer(options: ModelsServerOptions = {}): FastifyInstance {
  const { paceMs = defaultPaceMs, misbehaviour = true } = options
  let requests = 0
  const server = Fastify({
    bodyLimit: maxBodyBytes,
    forceCloseConnections: true,
    genReqId: () => {
      requests += 1
      return `sandbox-${requests}`
    },
  })
  const offered = offeredModels(misbehaviour)
  const counter = callCounter()

  server.setErrorHandler((error: { statusCode?: number }, request, reply) =>
    refuse(protocolAt(request.url), reply, refusalOf(error.statusCode ?? 500)),
  )
  server.setNotFoundHandler((request, reply) => refuse(protocolAt(request.url), reply, refusals.noRoute))

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
  for (const protocol of protocols) addProtocol(server, protocol, { offered, counter, paceMs })
  return server
}

/** The protocol whose words an address understands. */
function protocolAt(url: string): Protocol {
  return protocols.find(({ path }) => url.startsWith(path)) ?? chatProtocol
}

function refusalOf(status: number): Refusal {
  if (status === 413) return refusals.tooLarge
  return status < 500 ? refusals.unreadable(status) : refusals.broken
}
