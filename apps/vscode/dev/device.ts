import type { Client } from '@tallyforge/client/client'
import type { SessionState } from '../src/bridge/protocol.ts'

/** Signs in by a code that somebody lets in in their browser (RFC 8628). Ends quietly when it is given up. */
export async function signInDevice(
  client: Client,
  signal: AbortSignal,
  onCode: (session: SessionState) => void,
  onApproved: (token: string) => void,
  onRefused: (reason: string) => void,
): Promise<void> {
  const start = await client.auth.device.start.mutate({ label: 'The panel in a browser' })
  onCode({
    status: 'signing-in',
    userCode: start.userCode,
    verificationUri: start.verificationUrlComplete,
    expiresAt: Date.now() + start.expiresInSeconds * 1_000,
  })
  const ask = async () => {
    if (signal.aborted) return
    const answer = await client.auth.device.poll.mutate({ deviceCode: start.deviceCode })
    if (signal.aborted) return
    if (answer.status === 'approved') onApproved(answer.token)
    else if (answer.status === 'denied') onRefused('The sign-in was refused in the browser.')
    else if (answer.status !== 'expired') setTimeout(() => void ask(), start.intervalSeconds * 1_000)
  }
  setTimeout(() => void ask(), start.intervalSeconds * 1_000)
}
