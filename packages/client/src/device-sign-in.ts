import { DomainError } from '@tallyforge/core/errors'
import type { Client } from './client.ts'
import { readError } from './errors.ts'

type Started = Awaited<ReturnType<Client['auth']['device']['start']['mutate']>>

/** How a sign-in ended. */
export type SignInOutcome =
  | { status: 'approved'; token: string }
  | { status: 'denied' | 'expired' | 'canceled' }

export type ShownCode = { userCode: string; verificationUri: string; expiresAt: number }

type Port = {
  device: Pick<Client['auth']['device'], 'start' | 'poll'>
  /** How this device calls itself where the person lets it in. */
  label: string
  onCode: (shown: ShownCode) => void
  /** Waits; ends early, without an error, when the signal aborts. */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  now: () => number
  signal: AbortSignal
}

/**
 * Signs in as a device: shows a code, then asks until a person has let it in, refused it, or the code has expired. A server that does
 * not answer meanwhile is asked again. @throws what `start` throws; internal for an answer that is not to be shown or opened.
 */
export async function signInAsDevice(port: Port): Promise<SignInOutcome> {
  const { device, signal } = port
  const started = await device.start.mutate({ label: port.label }, { signal })
  const expiresAt = port.now() + started.expiresInSeconds * 1_000
  port.onCode({ ...readShown(started), expiresAt })
  let seconds = started.intervalSeconds
  while (port.now() < expiresAt) {
    await port.wait(seconds * 1_000, signal)
    if (signal.aborted) return { status: 'canceled' }
    const answer = await ask(device, started.deviceCode, signal)
    if (signal.aborted) return { status: 'canceled' }
    if (answer === null || answer.status === 'slow_down') seconds = Math.min(seconds + 1, 10)
    else if (answer.status === 'approved') return { status: 'approved', token: answer.token }
    else if (answer.status !== 'pending') return { status: answer.status }
  }
  return { status: 'expired' }
}

/**
 * What is shown to a person and opened by their system. An address of another kind than a web page's (a file, a program of theirs) would
 * be opened just as well: so a server that is not what it should be gets no further.
 */
function readShown({ userCode, verificationUrlComplete }: Started): Omit<ShownCode, 'expiresAt'> {
  const url = URL.parse(verificationUrlComplete)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new DomainError(
      'internal',
      'The server’s sign-in page is not on the web. Check the server’s address, or ask its operator.',
    )
  }
  if (!/^[B-Z]{4}-[B-Z]{4}$/.test(userCode)) {
    throw new DomainError(
      'internal',
      'The server gave a code that cannot be one. Check the server’s address, or ask its operator.',
    )
  }
  return { userCode, verificationUri: url.href }
}

/** Null when no answer came that says anything about the sign-in. */
async function ask(device: Port['device'], deviceCode: string, signal: AbortSignal) {
  try {
    return await device.poll.mutate({ deviceCode }, { signal })
  } catch (error) {
    const { kind } = readError(error)
    if (['offline', 'unavailable', 'internal', 'too_many_requests'].includes(kind)) return null
    throw error
  }
}
