import { DomainError } from '@tallyforge/core/errors'

export type Turns = { take: <Result>(work: () => Promise<Result>, signal?: AbortSignal) => Promise<Result> }

/**
 * Lets at most `running` pieces of work run at once and `waiting` wait, in the order they came.
 * `take` throws `unavailable` when the queue is full, and the signal's reason when it aborts while waiting.
 */
export function createTurns({ running, waiting }: { running: number; waiting: number }): Turns {
  let active = 0
  const queue: (() => void)[] = []

  function turn(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (active < running) {
      active += 1
      return Promise.resolve()
    }
    if (queue.length >= waiting) {
      const message = 'Many plugins are being checked right now. Try again in a few seconds.'
      throw new DomainError('unavailable', message, { retryAfterSeconds: 5 })
    }
    return new Promise((resolve, reject) => {
      const start = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        queue.splice(queue.indexOf(start), 1)
        reject(signal?.reason)
      }
      queue.push(start)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  return {
    async take(work, signal) {
      await turn(signal)
      try {
        return await work()
      } finally {
        // The place goes straight to the next in line, so that nobody overtakes.
        const next = queue.shift()
        if (next) next()
        else active -= 1
      }
    },
  }
}
