import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { DomainError } from '@tallyforge/core/errors'

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export type PasswordHasher = {
  hash: (password: string) => Promise<string>
  /** With `null` (no such user) it does the same work against a dummy and answers false. */
  verify: (stored: string | null, password: string) => Promise<boolean>
  /** Verifications done so far, for the proof that every path does exactly one. */
  verifications: () => number
}

/**
 * argon2id in a bounded pool: at most cores − 1 hashes at once, so that a storm of sign-ins leaves a core to everybody
 * else, and a queue of `queueLimit` behind it. @throws too_many_requests when the queue is full.
 */
export async function createPasswordHasher(options: { queueLimit?: number } = {}): Promise<PasswordHasher> {
  const slots = Math.max(1, availableParallelism() - 1)
  const queueLimit = options.queueLimit ?? 100
  const waiting: (() => void)[] = []
  let running = 0
  let verified = 0

  async function inPool<T>(work: () => Promise<T>): Promise<T> {
    if (running >= slots) {
      if (waiting.length >= queueLimit) {
        throw new DomainError(
          'too_many_requests',
          'Many people are signing in right now. Try again in a few seconds.',
          {
            retryAfterSeconds: 5,
          },
        )
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      // The slot passes to the next in line, or is free again.
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }

  const dummy = await hash('a password that nobody has', parameters)
  return {
    hash: (password) => inPool(() => hash(password, parameters)),
    verify: (stored, password) =>
      inPool(async () => {
        verified += 1
        const isMatch = await verify(stored ?? dummy, password)
        return stored !== null && isMatch
      }),
    verifications: () => verified,
  }
}
