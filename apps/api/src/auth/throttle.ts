import { isIP } from 'node:net'
import { DomainError } from '@tallyforge/core/errors'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** Limits per account and per network prefix. Counters live in this process; they share a store once there are many. */
export type Throttle = {
  /** @throws too_many_requests while the account or the prefix has to wait after failures. */
  beforeSignIn: (account: string, ip: string) => Promise<void>
  /** A failed sign-in: the wait grows with each. Never a lockout: at most a minute per account. */
  signInFailed: (account: string, ip: string) => Promise<void>
  signInSucceeded: (account: string) => Promise<void>
  /**
   * The same for what a signed-in person proves again: a password, a device's code. Counted apart, so that strangers who fail to sign
   * in as somebody cannot keep that person from changing the password. @throws too_many_requests
   */
  beforeProof: (userId: string, ip: string) => Promise<void>
  proofFailed: (userId: string, ip: string) => Promise<void>
  proofSucceeded: (userId: string) => Promise<void>
  /** @throws too_many_requests over the hourly limit of new accounts. */
  signUp: (ip: string) => Promise<void>
  /** @throws too_many_requests over the hourly limit of devices that begin to wait. */
  deviceStart: (ip: string) => Promise<void>
  /** Counts `count` procedure calls. @throws too_many_requests over the limit of the minute. */
  calls: (ip: string, count: number) => Promise<void>
}

const freeFailures = { account: 5, prefix: 20 }
const longestWaitSeconds = { account: 60, prefix: 900 }

export function createThrottle(limits: { callsPerMinute: number; signUpsPerHour: number }): Throttle {
  const failures = new RateLimiterMemory({ keyPrefix: 'failures', points: 1_000_000, duration: 3_600 })
  const waits = new RateLimiterMemory({ keyPrefix: 'waits', points: 1, duration: 3_600 })
  const signUps = new RateLimiterMemory({
    keyPrefix: 'sign-ups',
    points: limits.signUpsPerHour,
    duration: 3_600,
  })
  const deviceStarts = new RateLimiterMemory({ keyPrefix: 'devices', points: 120, duration: 3_600 })
  const calls = new RateLimiterMemory({ keyPrefix: 'calls', points: limits.callsPerMinute, duration: 60 })

  async function refuseWhileWaiting(key: string): Promise<void> {
    const wait = await waits.get(key)
    if (wait !== null && wait.remainingPoints <= 0 && wait.msBeforeNext > 0) throw tooMany(wait)
  }

  async function countFailure(kind: 'account' | 'prefix', key: string): Promise<void> {
    const { consumedPoints } = await failures.consume(key)
    const over = consumedPoints - freeFailures[kind]
    if (over >= 0) await waits.block(key, Math.min(2 ** Math.min(over, 20), longestWaitSeconds[kind]))
  }

  /** One kind of proof: what fails there says nothing of the others. */
  function proofsOf(kind: string) {
    const account = (name: string) => `${kind} account ${name}`
    const prefix = (ip: string) => `${kind} prefix ${networkPrefix(ip)}`
    return {
      before: async (name: string, ip: string) => {
        await refuseWhileWaiting(account(name))
        await refuseWhileWaiting(prefix(ip))
      },
      failed: async (name: string, ip: string) => {
        await countFailure('account', account(name))
        await countFailure('prefix', prefix(ip))
      },
      succeeded: async (name: string) => {
        await failures.delete(account(name))
      },
    }
  }
  const signIns = proofsOf('sign-in')
  const proofs = proofsOf('proof')

  async function consume(limiter: RateLimiterMemory, key: string, points: number): Promise<void> {
    await limiter.consume(key, points).catch((refused: unknown) => {
      throw refused instanceof RateLimiterRes ? tooMany(refused) : refused
    })
  }

  return {
    beforeSignIn: signIns.before,
    signInFailed: signIns.failed,
    signInSucceeded: signIns.succeeded,
    beforeProof: proofs.before,
    proofFailed: proofs.failed,
    proofSucceeded: proofs.succeeded,
    deviceStart: (ip) => consume(deviceStarts, networkPrefix(ip), 1),
    signUp: (ip) => consume(signUps, networkPrefix(ip), 1),
    calls: (ip, count) => consume(calls, networkPrefix(ip), count),
  }
}

function tooMany(state: RateLimiterRes): DomainError {
  const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1_000))
  return new DomainError('too_many_requests', `Too many attempts. Try again in ${seconds} s.`, {
    retryAfterSeconds: seconds,
  })
}

/** One IPv4 address, or the /64 of an IPv6 address: a customer's smallest network, all of whose addresses are theirs. */
export function networkPrefix(ip: string): string {
  const mapped = ip.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
  if (isIP(mapped) !== 6) return mapped
  const [head = '', tail] = mapped.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros =
    tail === undefined ? [] : new Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return `${[...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
