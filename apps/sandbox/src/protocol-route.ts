import type { FastifyInstance, FastifyReply } from 'fastify'
import type { CallCounter } from './call-stats.ts'
import { completionOf } from './completion.ts'
import { type Delivery, deliver, type Outcome, silence } from './delivery.ts'
import { withFault } from './fault.ts'
import { jsonFrames } from './frames.ts'
import { findModel, type Model } from './models.ts'
import { type PrefixMemory, prefixMemory } from './prefix-memory.ts'
import type { ModelCall, Protocol } from './protocol.ts'
import { type Refusal, refusals } from './refusal.ts'

type Service = { offered: readonly Model[]; counter: CallCounter; paceMs: number }

/** Answers the calls of one protocol. Each has a prompt cache of its own. */
export function addProtocol(server: FastifyInstance, protocol: Protocol, service: Service): void {
  const { offered, counter, paceMs } = service
  const memory = prefixMemory()
  server.route({
    method: 'POST',
    url: protocol.path,
    onRequest: async (request, reply) => {
      reply.header(protocol.requestIdHeader, requestIdOf(reply))
      const refusal = protocol.admit(request.headers)
      return refusal && refuse(protocol, reply, refusal)
    },
    handler: async (request, reply) => {
      const parsed = protocol.request.safeParse(request.body)
      if (!parsed.success) return refuse(protocol, reply, refusals.invalid(parsed.error.issues[0]))
      const call = parsed.data
      const model = findModel(offered, call.model)
      if (!model) return refuse(protocol, reply, refusals.unknownModel(call.model))

      counter.count(model.id, 'requests')
      const outcome = await answer({ protocol, memory, model, call, reply, paceMs })
      if (outcome !== 'broken') counter.count(model.id, outcome)
      return reply
    },
  })
}

/** Sends a refusal in the words of a protocol. */
export function refuse(protocol: Protocol, reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply
    .code(refusal.status)
    .headers(refusal.headers ?? {})
    .send(refusal.page ?? protocol.refusal(refusal, requestIdOf(reply)))
}

type Asked = {
  protocol: Protocol
  memory: PrefixMemory
  model: Model
  call: ModelCall
  reply: FastifyReply
  paceMs: number
}

async function answer(asked: Asked): Promise<Outcome> {
  const { protocol, model, reply } = asked
  if (model.status !== undefined) {
    refuse(protocol, reply, refusals.onPurpose[model.status])
    return 'completed'
  }
  reply.hijack()
  if (model.transport === 'hang') return silence(reply.raw)
  return deliver(reply.raw, deliveryOf(asked))
}

function deliveryOf({ protocol, memory, model, call, reply, paceMs }: Asked): Delivery {
  const { isStream, isUsageAsked } = call
  const completion = completionOf(model, call, memory.recall(call.segments))
  const answered = { id: reply.request.id, model: model.id, completion, isUsageAsked }
  const delivery: Delivery = {
    frames: isStream ? protocol.events(answered) : jsonFrames(protocol.answer(answered)),
    headers: {
      [protocol.requestIdHeader]: requestIdOf(reply),
      'content-type': `${isStream ? 'text/event-stream' : 'application/json'}; charset=utf-8`,
    },
    paceMs: model.text === 'huge' ? 0 : paceMs,
    ending: 'end',
  }
  return withFault(model.transport, delivery, {
    isStream,
    garbage: protocol.garbageEvent,
    refusal: protocol.refusalEvent(refusals.midstream, requestIdOf(reply)),
  })
}

function requestIdOf(reply: FastifyReply): string {
  return `req_${reply.request.id}`
}
