import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { signInAsDevice } from '@tallyforge/client/device-sign-in'
import { withoutInvisible } from '@tallyforge/core/invisible'
import type { Cli } from '../cli.ts'
import { exitCodes } from '../exit-codes.ts'
import { CliError } from '../failure.ts'

/** Signs this device in by a code that a person lets in (RFC 8628), and keeps its token for the commands that follow. */
export async function login(cli: Cli, { browser }: { browser: boolean }): Promise<void> {
  const { io, file, out } = cli
  const { origin, client } = await cli.server()
  const outcome = await signInAsDevice({
    device: client.auth.device,
    label: labelOf(hostname()),
    onCode: ({ userCode, verificationUri }) => {
      out.note(`Let this device in with the code ${userCode}\n  ${verificationUri}`)
      if (browser) {
        out.note('Waiting for your browser … (Ctrl-C to stop)')
        // The address stands above: whoever has no browser here opens it elsewhere.
        void io.openBrowser(verificationUri).catch(() => undefined)
      }
    },
    wait: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
    now: () => Date.now(),
    signal: io.interrupted,
  })
  if (outcome.status !== 'approved') throw new CliError(ends[outcome.status], endCodes[outcome.status])
  await file.setToken(origin, outcome.token)
  out.result({ server: origin }, `Signed in at ${origin}.`)
}

/** How this device calls itself where it is let in: as long as the server takes, and with what it takes. */
export function labelOf(host: string): string {
  return [...withoutInvisible(`tf on ${host}`.toWellFormed())].slice(0, 60).join('').trim()
}

const ends = {
  denied: 'This device was not let in.',
  expired: 'The code has expired. Run tf login again.',
  canceled: 'Stopped. This device is not signed in.',
}
const endCodes = { denied: exitCodes.failed, expired: exitCodes.failed, canceled: exitCodes.canceled }
