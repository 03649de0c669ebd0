import { setTimeout as sleep } from 'node:timers/promises'
import type { CallEnd } from '@tallyforge/core/tokens/charge'
import { APICallError, type ModelMessage, streamText } from 'ai'
import type { CatalogModel } from './catalog.ts'

export type ModelTimeouts = { firstByteMs: number; idleMs: number; totalMs: number }

export type ModelCall = {
  model: CatalogModel
  /** Takes over when the first model fails before its first byte; its price must be covered by the hold. */
  fallback: CatalogModel | null
  system: string
  messages: ModelMessage[]
  maxOutputTokens: number
  timeouts: ModelTimeouts
  /** Aborting stops the provider's work: the connection is closed. */
  signal: AbortSignal
  /** Called in order with each piece of text. Throwing stops the call. */
  onText: (text: string) => void
}

/** Why a call failed, in words for people; the provider's own words stay in the log. */
export type CallFailure = { reason: string; isRetryable: boolean; status: number | null; cause: unknown }

export type CallResult = {
  end: CallEnd
  /** The model that answered: the fallback when it took over. */
  model: CatalogModel
  /** Whether any byte of text came. */
  started: boolean
  /** The answer ended at the output limit. */
  isCutOff: boolean
  outputCharacters: number
  reported: { input?: unknown; cachedInput?: unknown; output?: unknown } | null
  failure: CallFailure | null
  firstTokenMs: number | null
  durationMs: number
}

/**
 * Streams one answer. Never throws: every ending is a result. Before the first byte a retryable failure is tried once
 * more, then once on the fallback; after it never, so nobody is charged twice for one answer.
 */
export async function callModel(call: ModelCall): Promise<CallResult> {
  const candidates = [call.model, call.model, ...(call.fallback === null ? [] : [call.fallback])]
  let last: CallResult | null = null
  for (const [attempt, model] of candidates.entries()) {
    if (last !== null) {
      // A refused key stays refused for this model; the fallback may still have a good one.
      if (model === last.model && !last.failure?.isRetryable) continue
      await sleep(retryDelayMs(last, attempt), undefined, { signal: call.signal }).catch(() => undefined)
      if (call.signal.aborted) return last
    }
    last = await callOnce({ ...call, model })
    if (last.started || last.end !== 'failed') return last
  }
  return last ?? callOnce(call)
}

/** Retry-After when the provider names a short one, else a second. */
function retryDelayMs(last: CallResult, attempt: number): number {
  const header = APICallError.isInstance(last.failure?.cause)
    ? last.failure.cause.responseHeaders?.['retry-after']
    : undefined
  const seconds = Number(header)
  return Number.isFinite(seconds) && seconds > 0 && seconds <= 5 ? seconds * 1_000 : 500 * attempt
}

async function callOnce(call: Omit<ModelCall, 'fallback'>): Promise<CallResult> {
  const startedAt = performance.now()
  const watchdog = createWatchdog(call.timeouts, call.signal)
  const result: CallResult = {
    end: 'finished',
    model: call.model,
    started: false,
    isCutOff: false,
    outputCharacters: 0,
    reported: null,
    failure: null,
    firstTokenMs: null,
    durationMs: 0,
  }
  const fail = (error: unknown) => {
    // The first failure is the cause; what follows is its echo.
    if (result.end !== 'finished') return
    result.end = call.signal.aborted ? 'aborted' : 'failed'
    result.failure = result.end === 'failed' ? describeFailure(error, watchdog.expired()) : null
  }
  try {
    const stream = streamText({
      model: call.model.language(),
      system: call.system,
      messages: call.messages,
      maxOutputTokens: call.maxOutputTokens,
      maxRetries: 0,
      abortSignal: watchdog.signal,
      // The default handler prints the provider's words to the console.
      onError: () => undefined,
    })
    for await (const part of stream.fullStream) {
      if (part.type === 'text-delta') {
        watchdog.alive()
        result.firstTokenMs ??= Math.round(performance.now() - startedAt)
        result.started = true
        result.outputCharacters += part.text.length
        call.onText(part.text)
      } else if (part.type === 'reasoning-delta') {
        // Thinking is work the provider bills: the call has started, though there is nothing to show yet.
        watchdog.alive()
        result.started = true
      } else if (part.type === 'error') {
        fail(part.error)
      } else if (part.type === 'abort') {
        fail(watchdog.signal.reason)
      } else if (part.type === 'finish') {
        result.isCutOff = part.finishReason === 'length'
        // A connection that closes in silence looks like an end; only the provider's own word for why it stopped is one.
        if (part.finishReason === 'error' || part.rawFinishReason === undefined)
          fail(new Error('the stream ended without a finish reason'))
        const { inputTokens, outputTokens, inputTokenDetails } = part.totalUsage
        result.reported = {
          input: inputTokens,
          cachedInput: inputTokenDetails.cacheReadTokens,
          output: outputTokens,
        }
      }
    }
  } catch (error) {
    fail(error)
  } finally {
    watchdog.stop()
  }
  result.durationMs = Math.round(performance.now() - startedAt)
  return result
}

/** One signal for every reason to stop: the caller's, no first byte, a pause too long, too long in all. */
function createWatchdog(timeouts: ModelTimeouts, outer: AbortSignal) {
  const controller = new AbortController()
  let expired: 'first-byte' | 'idle' | 'total' | null = null
  const expire = (reason: 'first-byte' | 'idle' | 'total') => () => {
    expired = reason
    controller.abort(new Error(`timeout: ${reason}`))
  }
  let pause = setTimeout(expire('first-byte'), timeouts.firstByteMs)
  const total = setTimeout(expire('total'), timeouts.totalMs)
  const onOuter = () => controller.abort(outer.reason)
  if (outer.aborted) onOuter()
  else outer.addEventListener('abort', onOuter, { once: true })
  return {
    signal: controller.signal,
    expired: () => expired,
    alive: () => {
      clearTimeout(pause)
      pause = setTimeout(expire('idle'), timeouts.idleMs)
    },
    stop: () => {
      clearTimeout(pause)
      clearTimeout(total)
      outer.removeEventListener('abort', onOuter)
    },
  }
}

const timeoutWords = {
  'first-byte': 'The model did not begin to answer in time.',
  idle: 'The model stopped in the middle of its answer.',
  total: 'The model took too long.',
} as const

function describeFailure(error: unknown, expired: keyof typeof timeoutWords | null): CallFailure {
  if (expired !== null)
    return {
      reason: timeoutWords[expired],
      // Who waited for a first byte once does not want to wait for it twice; the fallback is tried all the same.
      isRetryable: false,
      status: null,
      cause: error,
    }
  const status = statusOf(error)
  const isRetryable = status === null || status === 429 || status >= 500
  return { reason: wordsFor(status), isRetryable, status, cause: error }
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null
  const status = error.statusCode
  // A stream that broke after "200 OK" has no status worth telling.
  return typeof status === 'number' && status >= 400 ? status : null
}

function wordsFor(status: number | null): string {
  if (status === null) return 'The connection to the model broke.'
  if (status === 401 || status === 403)
    return "The model's provider refused our key. The operator has to check it."
  if (status === 402) return "The operator's account at the model's provider is out of credit."
  if (status === 404) return "The model's provider does not know this model."
  // 529 is what Anthropic says when it is overloaded.
  if (status === 429 || status === 529)
    return "The model's provider is busy. Try again in a minute, or choose another model."
  return `The model's provider answered with an error (${status}).`
}
