import { type Client, createClient } from '@tallyforge/client/client'
import type { Session } from '@tallyforge/client/outputs'
import { readServerUrl } from '@tallyforge/client/server-url'
import { checkServer } from '@tallyforge/client/version'
import { EventSource } from 'eventsource'
import { exitCodes } from './exit-codes.ts'
import { CliError } from './failure.ts'
import type { Io } from './io.ts'
import type { SessionFile } from './session-file.ts'

/** Where a server of one's own answers unless told otherwise. */
const defaultServer = 'http://127.0.0.1:3001'

export type Server = {
  origin: string
  /** Its calls end with the first Ctrl-C, and none begins after it. */
  client: Client
  /** For the few calls that must come to their end, also after a Ctrl-C. */
  enduringClient: Client
  token: string | null
  /** Whether the token is one that `tf login` kept. */
  isKept: boolean
}

/**
 * The server that a command speaks to: `--server`, else TALLYFORGE_URL, else where `tf login` was done last. The token is
 * TALLYFORGE_TOKEN, which belongs to the server that is named beside it, else what `tf login` kept for this server. @throws when
 * nobody answers there, or somebody else does.
 */
export async function openServer(io: Io, file: SessionFile, flag: string | undefined): Promise<Server> {
  const { TALLYFORGE_URL: named, TALLYFORGE_TOKEN: given } = io.env
  const chosen = flag ?? named
  if (given !== undefined && chosen === undefined) {
    throw new CliError(
      'TALLYFORGE_TOKEN is set, but not the server that it is for. Set TALLYFORGE_URL too, or name the server with --server.',
      exitCodes.usage,
    )
  }
  const kept = await file.read()
  const { origin, problem } = readServerUrl(chosen ?? kept?.server ?? defaultServer)
  if (origin === null) throw new CliError(problem, exitCodes.usage)
  const interruptible = fetchUntil(io.interrupted)
  const check = await checkServer(origin, { fetch: interruptible })
  io.interrupted.throwIfAborted()
  if (check.kind !== 'compatible') throw new CliError(check.message, exitCodes.noServer)
  const token = given ?? kept?.tokens[origin] ?? null
  const options = { url: `${origin}/trpc`, auth: () => token, EventSource }
  return {
    origin,
    client: createClient({ ...options, fetch: interruptible }),
    enduringClient: createClient(options),
    token,
    isKept: given === undefined,
  }
}

/** Where every call of every command passes, so that none forgets the signal. */
function fetchUntil(interrupted: AbortSignal): typeof fetch {
  return (input, init) => {
    const signals = init?.signal ? [interrupted, init.signal] : [interrupted]
    return fetch(input, { ...init, signal: AbortSignal.any(signals) })
  }
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
