import { type Client, createClient } from '@tallyforge/client/client'
import type { Session } from '@tallyforge/client/outputs'
import { checkServer } from '@tallyforge/client/version'
import { EventSource } from 'eventsource'
import { exitCodes } from './exit-codes.ts'
import { CliError } from './failure.ts'
import type { Io } from './io.ts'
import type { SessionFile } from './session-file.ts'

/** Where a server of one's own answers unless told otherwise. */
const defaultServer = 'http://127.0.0.1:3001'

export type Server = { origin: string; client: Client; token: string | null }

/**
 * The server that a command speaks to: `--server`, else TALLYFORGE_URL, else where `tf login` was done last. The token is
 * TALLYFORGE_TOKEN, else what `tf login` kept for this server. @throws when nobody answers there, or somebody else does.
 */
export async function openServer(io: Io, file: SessionFile, flag: string | undefined): Promise<Server> {
  const kept = await file.read()
  const origin = toOrigin(flag ?? io.env.TALLYFORGE_URL ?? kept?.server ?? defaultServer)
  const check = await checkServer(origin)
  if (check.kind !== 'compatible') throw new CliError(check.message, exitCodes.noServer)
  const token = io.env.TALLYFORGE_TOKEN ?? kept?.tokens[origin] ?? null
  const client = createClient({ url: `${origin}/trpc`, auth: () => token, EventSource })
  return { origin, client, token }
}

function toOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new CliError(`“${text}” is no address. Write one such as ${defaultServer}.`, exitCodes.usage)
  }
  return url.origin
}

export type SignedIn = Server & { session: Session; org: Session['orgs'][number] }

/** A server that knows who we are, and the organization that `--org` names; the personal one when it names none. */
export async function signedIn(server: Server, orgFlag: string | undefined): Promise<SignedIn> {
  const session = server.token === null ? null : await server.client.auth.session.query()
  if (session === null) {
    const why = server.token === null ? 'You are not signed in' : 'This device was signed out'
    throw new CliError(`${why} at ${server.origin}. Run: tf login`, exitCodes.signedOut)
  }
  const org = orgFlag === undefined ? session.orgs[0] : session.orgs.find(({ slug }) => slug === orgFlag)
  if (org === undefined) {
    const known = session.orgs.map(({ slug }) => slug).join(', ')
    throw new CliError(`You belong to no organization “${orgFlag}”. Yours: ${known}.`)
  }
  return { ...server, session, org }
}
